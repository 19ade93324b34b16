create table seance (id_seance integer primary key, intitule varchar(80), jour date, heure_debut time, heure_fin time, id_formateur integer, salle varchar(20));
create table apprenant (id_apprenant integer primary key, nom varchar(60), prenom varchar(60), mail varchar(80));
create table formateur (id_formateur integer primary key, nom varchar(60), prenom varchar(60), mail varchar(80), "date d'entrée" date);
create table facture (id integer primary key, total numeric);
create view seance_apprenant as select id_seance, id_apprenant from seance, apprenant;
