-- One student is not let in.
create trigger not_this_one before insert on ABSENCE_IMPORT when new.ID_APPRENANT = 8102 begin select raise(abort, 'refus'); end;
