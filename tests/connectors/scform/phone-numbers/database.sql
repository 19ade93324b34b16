update V_APPRENANT set PORTABLE = '+33 6 39 98 00 01' where ID_APPRENANT = (select min(ID_APPRENANT) from V_APPRENANT where ID_SOCIETE = 1 and EMAIL is not null) and ID_SOCIETE = 1;
