drop table ABSENCE_IMPORT;
