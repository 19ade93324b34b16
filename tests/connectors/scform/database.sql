-- The views of an SC-Form database as its simulator makes them; the people are invented. Shared by the cases beside it.
-- A case with a database.sql of its own changes what it needs afterwards.
create table V_SOCIETE (ID_SOCIETE integer, NOM_SOCIETE char(30));
create table V_BASE (CODE_BASE varchar(10), LIBELLE_BASE varchar(50), ID_SOCIETE integer);
create table V_SEANCE (ID_SEANCE integer, ID_SOCIETE integer, CODE_BASE varchar(10), LIBELLE_SEANCE varchar(80), LIBELLE_MATIERE varchar(80), DATE_SEANCE date, HEURE_DEBUT integer, HEURE_FIN integer, ID_SALLE integer, ETAT_SEANCE char(1));
create table V_SEANCE_INTERVENANT (ID_SOCIETE integer, ID_SEANCE integer, ID_INTERVENANT integer);
create table V_SEANCE_APPRENANT (ID_SOCIETE integer, ID_SEANCE integer, ID_APPRENANT integer, ID_GROUPE integer);
create table V_APPRENANT (ID_APPRENANT integer, NOM char(40), PRENOM char(40), EMAIL varchar(80), PORTABLE varchar(20), CODE_ANALYTIQUE varchar(20), ID_SOCIETE integer, CODE_BASE varchar(10), ACTIF char(1));
create table V_INTERVENANT (ID_SOCIETE integer, ID_INTERVENANT integer, NOM char(40), PRENOM char(40), EMAIL varchar(80), ACTIF char(1));
create table V_GROUPE (ID_SOCIETE integer, ID_GROUPE integer, LIBELLE_GROUPE varchar(50), CODE_BASE varchar(10));
create table V_GROUPE_APPRENANT (ID_SOCIETE integer, ID_GROUPE integer, ID_APPRENANT integer);
create table V_SALLE (ID_SOCIETE integer, ID_SALLE integer, LIBELLE_SALLE varchar(50), SITE varchar(50));
create table V_TUTEUR (ID_SOCIETE integer, ID_TUTEUR integer, ID_APPRENANT integer, NOM varchar(40), PRENOM varchar(40), EMAIL varchar(80), TELEPHONE varchar(20), TYPE_TUTEUR char(2), DATE_DEBUT date, DATE_FIN date);
insert into V_SOCIETE values
  (1, 'Saveurs Formation             '),
  (2, 'Soins Formation               ');
insert into V_BASE values
  ('CFA01', 'Cuisine', 1),
  ('CFA02', 'Pâtisserie', 1),
  ('SAP01', 'Aide à la personne', 2);
insert into V_SEANCE values
  (30177, 1, 'CFA01', 'Atelier cuisine', 'Matière', '2026-03-17', 510, 720, 9, 'P'),
  (30177, 2, 'SAP01', 'Gestes du soin', 'Matière', '2026-03-17', 540, 720, 9, 'P'),
  (30178, 1, 'CFA01', '', 'Matière', '2026-03-17', 810, 1020, 9, 'P'),
  (30179, 1, 'CFA02', 'Desserts', 'Matière', '2026-03-18', 510, 720, 9, 'P'),
  (30180, 1, 'CFA01', 'Annulée', 'Matière', '2026-03-19', 510, 720, 9, 'A'),
  (30181, 1, 'CFA01', 'Sans intervenant', 'Matière', '2026-03-20', 510, 720, 9, 'P'),
  (30182, 1, 'CFA01', 'Intervenant sans e-mail', 'Matière', '2026-03-21', 510, 720, 9, 'P'),
  (30183, 1, 'CFA01', 'E-mail en double', 'Matière', '2026-03-21', 810, 1020, 9, 'P'),
  (30184, 1, 'CFA01', 'Sans apprenant valable', 'Matière', '2026-03-22', 510, 720, 9, 'P'),
  (30185, 1, 'CFA01', 'Dernier jour', 'Matière', '2026-03-30', 510, 720, 9, 'P'),
  (30186, 1, 'CFA01', 'Trop tard', 'Matière', '2026-03-31', 510, 720, 9, 'P'),
  (30187, 1, 'CFA01', 'Aujourd''hui', 'Matière', '2026-03-16', 510, 540, 9, 'P'),
  (30188, 1, 'CFA01', 'Hier', 'Matière', '2026-03-15', 510, 720, 9, 'P');
insert into V_SEANCE_INTERVENANT values
  (1, 30177, 51),
  (2, 30177, 51),
  (1, 30178, 51),
  (1, 30178, 52),
  (1, 30179, 54),
  (1, 30180, 51),
  (1, 30182, 53),
  (1, 30183, 55),
  (1, 30184, 51),
  (1, 30185, 51),
  (1, 30186, 51),
  (1, 30187, 51),
  (1, 30188, 51);
insert into V_SEANCE_APPRENANT values
  (1, 30177, 8101, 1),
  (1, 30177, 8102, 1),
  (1, 30177, 8103, 1),
  (1, 30177, 8104, 1),
  (1, 30177, 8105, 1),
  (2, 30177, 8101, 1),
  (2, 30177, 8102, 1),
  (1, 30178, 8101, 1),
  (1, 30178, 8102, 1),
  (1, 30178, 8103, 1),
  (1, 30178, 8104, 1),
  (1, 30178, 8105, 1),
  (1, 30179, 8106, 1),
  (1, 30180, 8101, 1),
  (1, 30180, 8102, 1),
  (1, 30180, 8103, 1),
  (1, 30180, 8104, 1),
  (1, 30180, 8105, 1),
  (1, 30181, 8101, 1),
  (1, 30181, 8102, 1),
  (1, 30181, 8103, 1),
  (1, 30181, 8104, 1),
  (1, 30181, 8105, 1),
  (1, 30182, 8101, 1),
  (1, 30182, 8102, 1),
  (1, 30182, 8103, 1),
  (1, 30182, 8104, 1),
  (1, 30182, 8105, 1),
  (1, 30183, 8101, 1),
  (1, 30183, 8102, 1),
  (1, 30183, 8103, 1),
  (1, 30183, 8104, 1),
  (1, 30183, 8105, 1),
  (1, 30184, 8104, 1),
  (1, 30185, 8101, 1),
  (1, 30185, 8102, 1),
  (1, 30185, 8103, 1),
  (1, 30185, 8104, 1),
  (1, 30185, 8105, 1),
  (1, 30186, 8101, 1),
  (1, 30186, 8102, 1),
  (1, 30186, 8103, 1),
  (1, 30186, 8104, 1),
  (1, 30186, 8105, 1),
  (1, 30187, 8101, 1),
  (1, 30187, 8102, 1),
  (1, 30187, 8103, 1),
  (1, 30187, 8104, 1),
  (1, 30187, 8105, 1),
  (1, 30188, 8101, 1),
  (1, 30188, 8102, 1),
  (1, 30188, 8103, 1),
  (1, 30188, 8104, 1),
  (1, 30188, 8105, 1);
insert into V_APPRENANT values
  (8101, 'RENAUD                                  ', 'Anaïs                                   ', 'anais.renaud1@ecole.test', '', 'AN-CFA01-0', 1, 'CFA01', 'O'),
  (8102, 'BOYER                                   ', 'Adèle                                   ', 'adele.boyer2@ecole.test', '', 'AN-CFA01-1', 1, 'CFA01', 'O'),
  (8103, 'BESSON                                  ', 'Jeanne                                  ', 'jeanne.besson3@ecole.test', '', 'AN-CFA01-0', 1, 'CFA01', 'O'),
  (8104, 'BONNET                                  ', 'Yasmine                                 ', '', '', 'AN-CFA01-1', 1, 'CFA01', 'O'),
  (8105, 'LE GOFF                                 ', 'Émile                                   ', 'emile.legoff5@ecole.test', '', 'AN-CFA01-0', 1, 'CFA01', 'N'),
  (8106, 'VIDAL                                   ', 'Noé                                     ', 'noe.vidal6@ecole.test', '', 'AN-CFA01-1', 1, 'CFA01', 'O'),
  (8101, 'PERROT                                  ', 'Océane                                  ', 'oceane.perrot21@ecole.test', '', 'AN-SAP01-0', 2, 'SAP01', 'O'),
  (8102, 'CORDIER                                 ', 'Théo                                    ', 'theo.cordier22@ecole.test', '', 'AN-SAP01-1', 2, 'SAP01', 'O'),
  (8103, 'CHEVALIER                               ', 'Lucie                                   ', 'lucie.chevalier23@ecole.test', '', 'AN-SAP01-0', 2, 'SAP01', 'O'),
  (8104, 'BLANCHARD                               ', 'Nour                                    ', '', '', 'AN-SAP01-1', 2, 'SAP01', 'O'),
  (8105, 'CARPENTIER                              ', 'Sacha                                   ', 'sacha.carpentier25@ecole.test', '', 'AN-SAP01-0', 2, 'SAP01', 'N'),
  (8106, 'LEROUX                                  ', 'Alix                                    ', 'alix.leroux26@ecole.test', '', 'AN-SAP01-1', 2, 'SAP01', 'O');
insert into V_INTERVENANT values
  (1, 51, 'MORVAN                                  ', 'Loïc                                    ', 'loic.morvan41@ecole.test', 'O'),
  (1, 52, 'PICARD                                  ', 'Côme                                    ', 'come.picard42@ecole.test', 'O'),
  (1, 53, 'ROUSSELLE                               ', 'Jean-Baptiste                           ', '', 'O'),
  (1, 54, 'JACQUOT                                 ', 'Chloé                                   ', 'chloe.jacquot44@ecole.test', 'O'),
  (1, 55, 'GARNIER                                 ', 'Zoé                                     ', 'chloe.jacquot44@ecole.test', 'O'),
  (2, 51, 'DUFOUR                                  ', 'Bastien                                 ', 'bastien.dufour61@ecole.test', 'O'),
  (2, 52, 'DELMAS                                  ', 'Elise                                   ', 'elise.delmas62@ecole.test', 'O'),
  (2, 53, 'N''DIAYE                                 ', 'Manon                                   ', '', 'O'),
  (2, 54, 'LEMOINE                                 ', 'Malo                                    ', 'malo.lemoine64@ecole.test', 'O'),
  (2, 55, 'GUÉRIN                                  ', 'Inès                                    ', 'malo.lemoine64@ecole.test', 'O');
insert into V_GROUPE values
  (1, 1, 'Groupe CFA01', 'CFA01'),
  (2, 1, 'Groupe SAP01', 'SAP01');
insert into V_GROUPE_APPRENANT values
  (1, 1, 8101),
  (1, 1, 8102),
  (1, 1, 8103),
  (1, 1, 8104),
  (2, 1, 8101),
  (2, 1, 8102),
  (2, 1, 8103),
  (2, 1, 8104);
insert into V_SALLE values
  (1, 9, 'Atelier 1', 'Nord'),
  (2, 9, 'Salle de soins', 'Nord');
insert into V_TUTEUR values
  (1, 71, 8101, 'DELMAS', 'Bastien', 'bastien.delmas88@ecole.test', '', 'MA', '2025-12-06', '2026-10-02'),
  (1, 72, 8102, 'N''DIAYE', 'Elise', 'elise.ndiaye89@ecole.test', '', 'TU', '2025-02-09', '2026-02-14');
create table V_MOTIF_ABSENCE (CODE_MOTIF varchar(10), LIBELLE_MOTIF varchar(50), JUSTIFIE char(1));
insert into V_MOTIF_ABSENCE values
  ('MAL', 'Maladie', 'O'),
  ('CONV', 'Convocation', 'O');
create table ABSENCE_IMPORT (ID_SOCIETE integer, ID_SEANCE integer, ID_APPRENANT integer, TYPE_ABSENCE char(1) not null check (TYPE_ABSENCE in ('A', 'R', 'D', 'E')), HEURE_DEBUT integer, HEURE_FIN integer, NB_MINUTES integer, CODE_MOTIF varchar(10), JUSTIFIE char(1), ORIGINE varchar(10), DATE_SAISIE date, unique (ID_SOCIETE, ID_SEANCE, ID_APPRENANT, ORIGINE));
