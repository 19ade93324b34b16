BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE event (
	id INTEGER NOT NULL, 
	run VARCHAR(32) NOT NULL, 
	account VARCHAR(128), 
	code VARCHAR(64) NOT NULL, 
	severity VARCHAR(8) NOT NULL, 
	kind VARCHAR(16), 
	source_id VARCHAR(255), 
	edusign_id VARCHAR(64), 
	field VARCHAR(255), 
	spec VARCHAR(512), 
	detail TEXT, 
	CONSTRAINT pk_event PRIMARY KEY (id)
);
INSERT INTO "event" VALUES(1,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:99','no email');
INSERT INTO "event" VALUES(2,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:68',NULL);
INSERT INTO "event" VALUES(3,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:112','is empty');
INSERT INTO "event" VALUES(4,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:101','no email');
INSERT INTO "event" VALUES(5,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:112','professor 45: no email');
INSERT INTO "event" VALUES(6,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:109','is empty');
INSERT INTO "event" VALUES(7,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:110','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:110','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:101','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:112','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:113','none of 1 is valid');
INSERT INTO "event" VALUES(12,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:73',NULL);
INSERT INTO "event" VALUES(13,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'afa2a4fc7c124482bd04db19d1bc8a0b','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'5e547e42f4aa445aa08bf503e6733bb5','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'5e547e42f4aa445aa08bf503e6733bb5','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'5e547e42f4aa445aa08bf503e6733bb5','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'5e547e42f4aa445aa08bf503e6733bb5','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'4 lines');
INSERT INTO "event" VALUES(38,'5e547e42f4aa445aa08bf503e6733bb5','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'6 lines');
CREATE TABLE intent (
	id VARCHAR(32) NOT NULL, 
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	run VARCHAR(32) NOT NULL, 
	intended_at DATETIME NOT NULL, 
	CONSTRAINT pk_intent PRIMARY KEY (id)
);
CREATE TABLE lease (
	connector VARCHAR(128) NOT NULL, 
	fence INTEGER NOT NULL, 
	owner VARCHAR(255) NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (connector)
);
INSERT INTO "lease" VALUES('school',2,'process 19082 on vm','2026-11-28 12:30:34.566388');
CREATE TABLE link (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	edusign_id VARCHAR(64) NOT NULL, 
	created BOOLEAN NOT NULL, 
	manual BOOLEAN NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	fields JSON NOT NULL, 
	members JSON NOT NULL, 
	starts_at DATETIME, 
	carry JSON NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (connector, account, kind, source_id)
);
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'52356035894149d5990d0873521ac78752356035894149d5990d0873521ac787','{"last_name": "e1da50f06b18cfff", "first_name": "17161f1a535f4b6c", "email": "6951a8428eb20aba"}','[]',NULL,'{}','2026-11-28 12:30:31.321873');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'47cae13eef98733cfda420aa5acc3a0847cae13eef98733cfda420aa5acc3a08','{"last_name": "1afeb3c8341dfdc3", "first_name": "b5af8d9a6dc07b43", "email": "ee1bf349227045e6"}','[]',NULL,'{}','2026-11-28 12:30:31.576739');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'ac0fc7a462599b1fb3eaa6788f88f632ac0fc7a462599b1fb3eaa6788f88f632','{"last_name": "314989f43ebf2cfd", "first_name": "79441a130f7eaecf", "email": "0766051db626f48c"}','[]',NULL,'{}','2026-11-28 12:30:31.712490');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'71086d1cb6b64d2dbdd4b97b4b6819b271086d1cb6b64d2dbdd4b97b4b6819b2','{"last_name": "88e96bbca2b508c0", "first_name": "8725490965eb5091", "email": "b0d9f4ba4ce67fb1", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:31.832473');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'243e9a6064d54645e704949801fa0f69243e9a6064d54645e704949801fa0f69','{"last_name": "4c4b4a20417647c6", "first_name": "0799c566ec30542f", "email": "8d0be3f8f8b58d67", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:31.918775');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'58f277f7e896806e31035f8850e9aa0058f277f7e896806e31035f8850e9aa00','{"last_name": "ab0da291a0b67ca0", "first_name": "bf6b91c0111b9eb1", "email": "04b75974732ee4db", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:31.968327');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'32b8e0290250c028fcc9c8f4094041be32b8e0290250c028fcc9c8f4094041be','{"last_name": "b7d6e4ca8fe0a1b4", "first_name": "17161f1a535f4b6c", "email": "ce176c8c62d1bc3a", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:32.071442');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'9b6b203ed3bb05782b97f18a759cd5fa9b6b203ed3bb05782b97f18a759cd5fa','{"last_name": "14444955334df558", "first_name": "79441a130f7eaecf", "email": "323c992f3629949d", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:32.168566');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'25f8e1fa7c1f50b5516af25405e0edb925f8e1fa7c1f50b5516af25405e0edb9','{"last_name": "824938c4038ea5d0", "first_name": "99570d9056f09a30", "email": "33a89a2736564ea9", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:32.428983');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'aab9b3857af6dbc76f7963ef3e8278c5aab9b3857af6dbc76f7963ef3e8278c5','{"last_name": "fa8a2b1c05b92cd8", "first_name": "abd3f8287c464c12", "email": "945e37c08b32429b", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:32.593135');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'68f149f4fa34ee9bba3d7772e5bad07168f149f4fa34ee9bba3d7772e5bad071','{"last_name": "2c38f313e8821ace", "first_name": "dfa0c0badf856e6a", "email": "78455778a8acddf2", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:32.820614');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'c1b34fca23e12faa40bde6d2d60daac3c1b34fca23e12faa40bde6d2d60daac3','{"last_name": "7c7ea3a81f2b3880", "first_name": "964ffb6ed81aca98", "email": "b8c77f5df6285376", "externals": "4f1b120809617d22"}','[]',NULL,'{}','2026-11-28 12:30:33.088647');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'0068faaf9fb3b7ab162bf20ed8a3d9ad0068faaf9fb3b7ab162bf20ed8a3d9ad','{"name": "92ec69eff0193d41", "students": "48e5633521d968cc"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-11-28 12:30:33.323747');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'6f43dd5c5c4d0cb7cb127dfc68aa6b096f43dd5c5c4d0cb7cb127dfc68aa6b09','{"name": "059e5d1bb2a69f67", "students": "8aaa06bb7c002baf"}','["90217", "90218"]',NULL,'{}','2026-11-28 12:30:33.439599');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'b0858b6d0d12e3ccbb846cf946e8c130b0858b6d0d12e3ccbb846cf946e8c130','{"name": "118eb4cd149d1ad1", "students": "d16e3b34269ebf0d"}','["90219", "90220", "90221"]',NULL,'{}','2026-11-28 12:30:33.734831');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'886fb615e23bcfb121477b13cfbabf00886fb615e23bcfb121477b13cfbabf00','{"name": "d9c667877016228b", "starts_at": "402d0b4c85a3926f", "ends_at": "7e253d6ca41bd696", "professors": "6d6c279eeef49ca6", "students": "48e5633521d968cc", "groups": "98040d4b31a94110", "classroom": "6885703d0a68052b"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-11-28 12:30:33.815437');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'cbdf53f50232c117ff296e81576f2e2ccbdf53f50232c117ff296e81576f2e2c','{"name": "d1ab27a909b923c6", "starts_at": "858808b0d870dbc3", "ends_at": "ab962a3a1a29f739", "professors": "9975c5780fe44226", "students": "f1f59a7a34462de3", "groups": "c738f62b7b4c0b09", "classroom": "2521e2320f655636"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-11-28 12:30:33.913786');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'f05f6f0fd0a8d4937391be0ecf778131f05f6f0fd0a8d4937391be0ecf778131','{"name": "ddfe1d540a21fd37", "starts_at": "eb0739b9c5ddc537", "ends_at": "1b55036ae6be5d92", "professors": "6d6c279eeef49ca6", "students": "48e5633521d968cc", "groups": "98040d4b31a94110", "classroom": "6885703d0a68052b"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-11-28 12:30:33.954616');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'90016b2fb0c2b6ad7a83372bed3dd94c90016b2fb0c2b6ad7a83372bed3dd94c','{"name": "cd179df2997e4607", "starts_at": "3945f1ebd238f77b", "ends_at": "1c8a9a588bb124ab", "professors": "ce7d99c7eec2b8db", "students": "8aaa06bb7c002baf", "groups": "fa05675e8c3de5ca", "classroom": "f3735bbb3ea54bc7"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-11-28 12:30:33.986164');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'7b76c1cea3903f80280124370b2164167b76c1cea3903f80280124370b216416','{"name": "56cbc0ac2855a552", "starts_at": "e75420b02d6ca753", "ends_at": "cd6074ab54fa133b", "professors": "8ec3a93f1ca1daa1", "students": "8aaa06bb7c002baf", "groups": "fa05675e8c3de5ca", "classroom": "6885703d0a68052b"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-11-28 12:30:34.031917');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'8c7055d0fbbeaa28cdc7e74cf7c1f43c8c7055d0fbbeaa28cdc7e74cf7c1f43c','{"name": "4715067170810700", "starts_at": "77f42befae74778d", "ends_at": "936e6ede614fa20e", "professors": "9975c5780fe44226", "students": "d16e3b34269ebf0d", "groups": "cfcf54db8affd3d4", "classroom": "6885703d0a68052b"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-11-28 12:30:34.180703');
CREATE TABLE run (
	id VARCHAR(32) NOT NULL, 
	connector VARCHAR(128) NOT NULL, 
	direction VARCHAR(8) NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	status VARCHAR(16) NOT NULL, 
	plan_id VARCHAR(32), 
	counts JSON NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (id)
);
INSERT INTO "run" VALUES('afa2a4fc7c124482bd04db19d1bc8a0b','school','down','2026-11-28 12:30:28.416842','2026-11-28 12:30:34.200686','success','4965e2feba29','{"lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}}');
INSERT INTO "run" VALUES('5e547e42f4aa445aa08bf503e6733bb5','school','up','2026-11-28 12:30:34.657261','2026-11-28 12:30:36.662132','success',NULL,'{"looked_at": "2026-03-17T20:30:00+01:00"}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','d1a8cd01bef2fc1a72c0397e5d00bd1f');
CREATE TABLE upload (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	edusign_id VARCHAR(64) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	lines JSON NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_upload PRIMARY KEY (connector, account, source_id)
);
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "662fb4d5429660df", "status": "sent"}, "student:90212": {"content": "0c1d4ba039a84b2d", "status": "sent"}, "student:90213": {"content": "e7403ccfae3ace4d", "status": "sent"}, "student:90215": {"content": "b56348985a1591a9", "status": "sent"}}','2026-11-28 12:30:35.909114');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "4347efe487d599cf", "status": "sent"}, "student:90212": {"content": "58812cf30bc8de02", "status": "sent"}, "student:90213": {"content": "662fb4d5429660df", "status": "sent"}, "student:90215": {"content": "0c1d4ba039a84b2d", "status": "sent"}, "student:90217": {"content": "e7403ccfae3ace4d", "status": "sent"}, "student:90218": {"content": "b56348985a1591a9", "status": "sent"}}','2026-11-28 12:30:36.641949');
CREATE TABLE upload_step (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	person VARCHAR(255) NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	got JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_upload_step PRIMARY KEY (connector, account, source_id, person, step)
);
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
COMMIT;
