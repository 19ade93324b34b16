delete from V_SEANCE;
