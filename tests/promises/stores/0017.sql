BEGIN TRANSACTION;
CREATE TABLE act (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	connector VARCHAR(128), 
	user VARCHAR(32) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	detail TEXT, 
	status VARCHAR(16), 
	code VARCHAR(64), 
	CONSTRAINT pk_act PRIMARY KEY (id)
);
CREATE TABLE adopted (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	edusign_id VARCHAR(64) NOT NULL, 
	api_type VARCHAR(128) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	former_id VARCHAR(255) NOT NULL, 
	former_type VARCHAR(128) NOT NULL, 
	rewritten BOOLEAN NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_adopted PRIMARY KEY (connector, account, kind, edusign_id)
);
CREATE TABLE adoption (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	api_type VARCHAR(128) NOT NULL, 
	decision VARCHAR(16) NOT NULL, 
	plan_id VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_adoption PRIMARY KEY (connector, account, api_type)
);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0017');
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["1232b445e698a86c","3b5256cfec6850e3","53117e5fee6353f2"],null],"43":[["129a584533541b72","72714afdaaa28427","b613a373fd0bfc4a","b828caa12a3036f3"],null],"44":[["6c1007fbf95ff0d0","dc93ba12debd7ec3","f42b898af5994ef2"],null],"45":[["89acf7ecc970d87f","f0801ba82675acc8"],null],"46":[["8c5c0b62db6e280d","c87fc37c43d57e3f","dc93ba12debd7ec3"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["07c719ca65083ade","0da5ca459b80e00f","69c7d7e23556b5ff","f463f53ba2263fe1"],null],"90212":[["09a777d35deedd22","22bb744901dca1a1","fc80275f81d53bb3"],null],"90213":[["2d0ee5b5f23f10e2","c7f4ccca6a9fef40","cff7bd0e8471aa63"],null],"90214":[["1d8f773f9b940c34","7eecbde6d95b2831"],null],"90215":[["3b5256cfec6850e3","677fbe415ac37482","d6e98b12815e6a2d"],null],"90217":[["2f4c975d846bc1e8","6c1007fbf95ff0d0","b613a373fd0bfc4a"],null],"90218":[["3b80817acbf168c2","89acf7ecc970d87f","f42b898af5994ef2"],null],"90219":[["8ffadfdb0fe8d211","c87fc37c43d57e3f","f0801ba82675acc8"],null],"90220":[["0ea3e85f64dab936","8c5c0b62db6e280d","b11d368bbad4b5a3"],null],"90221":[["68511cefe0ace1e4","78324cb78dd5a205","c0850f1dac13fba4"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["7e909cfe9816e9a2","9828074571c7d15b","b87a7538732818a9","c6d28e356adc66a5"],null],"1202":[["65b1557ecd312d6a","7e909cfe9816e9a2","b87a7538732818a9","c6d28e356adc66a5"],null],"1203":[["b03eed964fb3c1c5","e5d6ee6863e637bb"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["b87a7538732818a9"],"2026-03-17T07:30:00+00:00"],"7712002":[["6c721f752d5d5729"],"2026-03-17T12:30:00+00:00"],"7712003":[["207342be94c7c398"],"2026-03-18T07:30:00+00:00"],"7712004":[["223cc04651aa979b"],"2026-03-19T08:00:00+00:00"],"7712005":[["892b8cd4e51f9b04"],"2026-03-20T07:30:00+00:00"],"7712006":[["9183b506657c90ee"],"2026-03-20T12:30:00+00:00"],"7712007":[["f9b9a57ac6ee77d1"],"2026-03-21T07:30:00+00:00"],"7712008":[["80fe0fb947fd8624"],"2026-03-21T12:30:00+00:00"],"7712009":[["b15478328a086021"],"2026-03-22T12:30:00+00:00"],"7712011":[["c3b93dc1ad28a5b2"],"2026-03-23T07:30:00+00:00"],"7712013":[["0b62c6cfc694532e","e552e528e0758d8e"],"2026-03-16T07:30:00+00:00"],"7712014":[["3d3a1860f3fcc289"],"2026-03-15T07:30:00+00:00"]}');
CREATE TABLE content (
	digest VARCHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_content PRIMARY KEY (digest)
);
CREATE TABLE episode (
	connector VARCHAR(128) NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_episode PRIMARY KEY (connector, code)
);
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
INSERT INTO "event" VALUES(1,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'7c6c50e17ace43319fb8ec9a9e6e97a5','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'c44a0c3622454d21ac0ee5e28a7e9a75','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'c44a0c3622454d21ac0ee5e28a7e9a75','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'c44a0c3622454d21ac0ee5e28a7e9a75','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'c44a0c3622454d21ac0ee5e28a7e9a75','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'c44a0c3622454d21ac0ee5e28a7e9a75','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
CREATE TABLE former (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	former_id VARCHAR(255) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_former PRIMARY KEY (connector, account, kind, former_id)
);
CREATE TABLE hint (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	first_at DATETIME NOT NULL, 
	settles_at DATETIME NOT NULL, 
	CONSTRAINT pk_hint PRIMARY KEY (connector, account, source_id)
);
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
INSERT INTO "lease" VALUES('school',2,'process 1398 on vm','2026-11-28 20:33:55.790368');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'a916df9e2400e4ca59f2b5cf9511a788a916df9e2400e4ca59f2b5cf9511a788','{"last_name": "515475eddf9b867b", "first_name": "d20008796f38efa5", "email": "8249f00314956879"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'ffbf9e8ea469685dfdd903fa30aaa8b9ffbf9e8ea469685dfdd903fa30aaa8b9','{"last_name": "b2ee7e8773382225", "first_name": "0ea7d4c00e1433eb", "email": "8788bfdb7198a13d"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'2b9018f411d367e723133ab49b4fa0682b9018f411d367e723133ab49b4fa068','{"last_name": "76bdfb269515dab1", "first_name": "ac0e996691b2f6f7", "email": "ede372117d673eb3"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'936b2775f274954fe361e8d403d6d32e936b2775f274954fe361e8d403d6d32e','{"last_name": "494a470397987acf", "first_name": "92eb73cd66ee5fa1", "email": "42ce98fba22983b4", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'398a341994e0ccc767f6274ccdc28a67398a341994e0ccc767f6274ccdc28a67','{"last_name": "0db10f5ea3f1a0b9", "first_name": "fc7fa0b2240a572b", "email": "4d55714cb56d475d", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'0510234dde44874a5b7337188b56af9e0510234dde44874a5b7337188b56af9e','{"last_name": "c48b454689e5fe4c", "first_name": "f4c1eec09e48dedb", "email": "769e6ed0ce1236a1", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'fe4bf295373295872928cf6dadbcc6b4fe4bf295373295872928cf6dadbcc6b4','{"last_name": "8f52c2cf063f12ef", "first_name": "d20008796f38efa5", "email": "e63f99929b667b79", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'2c906ece1ed44b56bc749a986449afeb2c906ece1ed44b56bc749a986449afeb','{"last_name": "4740e10a8a8e1492", "first_name": "ac0e996691b2f6f7", "email": "508c2603fc314067", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'c9f14186651c2ae86f5ee28ac3217303c9f14186651c2ae86f5ee28ac3217303','{"last_name": "5fb7d4a8a352cda2", "first_name": "b05a44b50b1da6bc", "email": "4f4fb02c5baa6c8b", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'85cb7e11ab3a15e811a1bd52bbf607b885cb7e11ab3a15e811a1bd52bbf607b8','{"last_name": "1ee7b58ca8b08331", "first_name": "9c4f12730bb6f1aa", "email": "a16383db2e6b48b7", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'b933c589513f50e70666d67c9d2a30e6b933c589513f50e70666d67c9d2a30e6','{"last_name": "b0c019083e11eb16", "first_name": "20fdd24d388dfb68", "email": "86759f720b6b5f92", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'d184cb0dbb852d484fc9078335a730c8d184cb0dbb852d484fc9078335a730c8','{"last_name": "9ecdce06c751d8c4", "first_name": "85ee1525cac2502c", "email": "3eb9d0b7f2ea7e68", "externals": "9663155a99fb2dcf"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'aeedb2b0851edad30d5608eff4e5bc79aeedb2b0851edad30d5608eff4e5bc79','{"name": "14e4ad9272bbde35", "students": "305092b9c4a24622"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'9cf49ac256ac9ccb717948900b35005c9cf49ac256ac9ccb717948900b35005c','{"name": "b09f9e58da391fe0", "students": "c6579a65e924896d"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'993915f0ebfac7b5da4298b1e0c052d3993915f0ebfac7b5da4298b1e0c052d3','{"name": "efd7c787fb145962", "students": "8a02e427e3dd6049"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'7acb9c8b0a4242f31f3bc65aaaf149ab7acb9c8b0a4242f31f3bc65aaaf149ab','{"name": "ce78ca44a3ca16f0", "starts_at": "951dabb7069ea4e3", "ends_at": "eaf591308a07bb28", "professors": "ee7b983afc0b2cb4", "students": "305092b9c4a24622", "groups": "15d4b52ae5d5375c", "classroom": "75b3a1363e574ef2"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'861fdea1746f8ca6d9d58d05a1d96359861fdea1746f8ca6d9d58d05a1d96359','{"name": "8fd73c1295bff8a1", "starts_at": "bb7fb91941e1b776", "ends_at": "e74cb87c8cd6209e", "professors": "dae5a6afcf2f7f14", "students": "5b6c2362fa68e78f", "groups": "f16df3c787046c61", "classroom": "40b01ca39cd6a937"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'f0dab386d0dca9f41eaa4435eca56ebef0dab386d0dca9f41eaa4435eca56ebe','{"name": "c50af66460da73e6", "starts_at": "93b93f69fa7661e0", "ends_at": "99d21e64a71cfd89", "professors": "ee7b983afc0b2cb4", "students": "305092b9c4a24622", "groups": "15d4b52ae5d5375c", "classroom": "75b3a1363e574ef2"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'f83b888b2a6aba8f31fc165e0deca465f83b888b2a6aba8f31fc165e0deca465','{"name": "5a2b573b93f694a6", "starts_at": "74ed0dcff9959f21", "ends_at": "a154d0cb552ff8c1", "professors": "27b7cca5e0d07303", "students": "c6579a65e924896d", "groups": "9698506e29bbf935", "classroom": "66f02df7e4935eae"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'9c3aaefb0c0430d0ded0012870fbcdae9c3aaefb0c0430d0ded0012870fbcdae','{"name": "369db449947ce394", "starts_at": "e0b8c5bef026527d", "ends_at": "2b8880374124b2aa", "professors": "570b67f3cc097526", "students": "c6579a65e924896d", "groups": "9698506e29bbf935", "classroom": "75b3a1363e574ef2"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'fc71eb0e4962a1c04d048eefd0d7728efc71eb0e4962a1c04d048eefd0d7728e','{"name": "87f8fc6678507ebe", "starts_at": "9a5769de4a227d3f", "ends_at": "561aceac4b563928", "professors": "dae5a6afcf2f7f14", "students": "8a02e427e3dd6049", "groups": "ee4fcc0cc22de027", "classroom": "75b3a1363e574ef2"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
CREATE TABLE mixed_up (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_mixed_up PRIMARY KEY (connector, account, kind, source_id)
);
CREATE TABLE pause (
	connector VARCHAR(128) NOT NULL, 
	reason TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_pause PRIMARY KEY (connector)
);
CREATE TABLE quarantine (
	connector VARCHAR(128) NOT NULL, 
	direction VARCHAR(8) NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	failures INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	not_before DATETIME, 
	answers VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_quarantine PRIMARY KEY (connector, direction)
);
CREATE TABLE refusal (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	message TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_refusal PRIMARY KEY (connector, account, kind, source_id)
);
CREATE TABLE release (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	note TEXT NOT NULL, 
	connectors JSON NOT NULL, 
	user VARCHAR(32), 
	CONSTRAINT pk_release PRIMARY KEY (id)
);
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
INSERT INTO "run" VALUES('7c6c50e17ace43319fb8ec9a9e6e97a5','school','down','2026-11-28 20:33:55.141208','2026-11-28 20:33:55.718261','success','a1184d1c8f81','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 84, "erp": 9}}');
INSERT INTO "run" VALUES('c44a0c3622454d21ac0ee5e28a7e9a75','school','up','2026-11-28 20:33:55.797119','2026-11-28 20:33:56.048876','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE secret (
	name VARCHAR(255) NOT NULL, 
	token TEXT NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	user VARCHAR(32), 
	CONSTRAINT pk_secret PRIMARY KEY (name)
);
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','b879d2ec8d18ab4f6d79d6f7d30a9843');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "8f2d3021cf1fd235", "entities.course.from": "5dcf890cf8edb38b", "entities.course.source_id": "f491099f089439ba", "filters.siteCodes": "e1fd000e3c2feeca", "formats.clock": "235582886c3f12b3", "formats.dashed": "e85e934c76f7780d", "formats.day": "27fa21d46ccd03a6", "formats.minutes": "e6d76a9ab7b37c9e", "resources.absences.get": "ba04a43105180d54", "resources.absences.key": "018f582902913cca", "resources.apprenants.get": "0968e2fa57067184", "resources.apprenants.key": "4e5e55307c3b03a9", "resources.apprenants.query": "ec7407da9ad72301", "resources.comptes.get": "515e6e3cd74fe35d", "resources.comptes.key": "b2e027706f3152f8", "resources.contacts.for_each": "98912513292a83a9", "resources.contacts.get": "0e631d5dad737f55", "resources.contrats.as.dateDebContrat": "136512096b8c7b1d", "resources.contrats.get": "6378cb0813e70cb5", "resources.contrats.ignore": "fe2b0ed5befc9e26", "resources.contrats.key": "266fb48f7f8f493c", "resources.contrats.query": "9c9f72c6416d19e2", "resources.contrats.when": "76df443a7ac8267d", "resources.formateurs.get": "4e042afc01ce7e2c", "resources.formateurs.key": "aa95dadfcb22d137", "resources.groupes.filter_by.siteCodes": "b4214bd9083a1eb8", "resources.groupes.get": "079da9f2c761597c", "resources.groupes.ignore": "cadcee4863af545d", "resources.groupes.key": "f4479679a83eadcf", "resources.groupes.query": "427f78b7efc2ead6", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "0106cd3a11766ae2", "resources.inscrits.from": "b53296e1cbb5e18f", "resources.inscrits.ignore": "0aae3db531dfa192", "resources.inscrits.items": "8b5b42dbf022c9e5", "resources.inscrits.key": "3f116cb2f8e0b9c5", "resources.motifs.get": "3d2a40fd702f2190", "resources.motifs.key": "2ec2700b5a2d8e41", "resources.periode.as.dateDeb": "6d7d7a5a0581dc38", "resources.periode.as.dateFin": "f445cfd8742b620a", "resources.periode.get": "2a1d22b366cb431e", "resources.periode.ignore": "61944b42639529b8", "resources.periode.key": "6d48f22fc6131284", "resources.periode.single": "20714cced5175b62", "resources.planning.as.date": "3ecb76f4191f5270", "resources.planning.as.heureDebut": "3304424d2e953bcd", "resources.planning.as.heureFin": "e5f844b1388ebae2", "resources.planning.for_each": "33a2d3bed99af2e0", "resources.planning.get": "29c99cdb0fa53f37", "resources.planning.items": "1ac9fa31d971c4e7", "resources.planning.key": "8211ab3bc5d63ed3", "resources.planning.same_key": "223a7c1b64ee7760", "resources.salles.get": "c41c074f28528760", "resources.salles.key": "f6498693e2e744e5", "resources.sites.get": "06b843445a59707b", "resources.sites.key": "cc19bf00b9016198", "resources.tutorats.add.contrat": "90894e9605b2d73d", "resources.tutorats.add.tuteur": "6087d6e1c8040787", "resources.tutorats.from": "9c9736c3a933cfc0", "resources.tutorats.ignore": "2921eba933701448", "rules.vanished": "376c14ac4e9a0a34", "transport.auth": "fcfb1a443dc5ca5d", "transport.base_url": "774ba4f8bf5c4bd1", "transport.headers": "a484bc746e25a32a", "transport.kind": "9db79a1bfc01e80e", "transport.shape": "96b8a79a3193aa32", "zone": "c15677dc8587c0d3"}, "nodes": {"all sessions": "90dcc64985b9af0b"}, "held": {}}');
INSERT INTO "setting" VALUES('rare/3f73c1440fea96242361c91623ccafc5','{}');
CREATE TABLE slot (
	connector VARCHAR(128) NOT NULL, 
	direction VARCHAR(8) NOT NULL, 
	day DATE NOT NULL, 
	slot VARCHAR(16) NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	again_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	owner VARCHAR(64), 
	claimed_at DATETIME, 
	run VARCHAR(32), 
	code VARCHAR(64), 
	CONSTRAINT pk_slot PRIMARY KEY (connector, direction, day, slot)
);
CREATE TABLE taken (
	id INTEGER NOT NULL, 
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	run VARCHAR(32) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	of_kind VARCHAR(16) NOT NULL, 
	of_id VARCHAR(255) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_taken PRIMARY KEY (id)
);
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "bac8298882494b3c", "status": "sent"}, "student:90212": {"content": "7f8267a969f1fc21", "status": "sent"}, "student:90213": {"content": "f313cbcdd5cb127f", "status": "sent"}, "student:90215": {"content": "b5b37b4da49594b7", "status": "sent"}}','2026-11-28 20:33:55.978994');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "4b171c9d152ad06e", "status": "sent"}, "student:90212": {"content": "360a98f507de72c5", "status": "sent"}, "student:90213": {"content": "bac8298882494b3c", "status": "sent"}, "student:90215": {"content": "7f8267a969f1fc21", "status": "sent"}, "student:90217": {"content": "f313cbcdd5cb127f", "status": "sent"}, "student:90218": {"content": "b5b37b4da49594b7", "status": "sent"}}','2026-11-28 20:33:56.040263');
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
CREATE TABLE web_identity (
	digest VARCHAR(64) NOT NULL, 
	user VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_web_identity PRIMARY KEY (digest)
);
CREATE TABLE web_mail (
	user VARCHAR(32) NOT NULL, 
	address VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_web_mail PRIMARY KEY (user)
);
CREATE TABLE web_session (
	token VARCHAR(64) NOT NULL, 
	user VARCHAR(32) NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_web_session PRIMARY KEY (token)
);
CREATE TABLE web_ticket (
	token VARCHAR(64) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	connectors JSON NOT NULL, 
	user VARCHAR(32), 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_web_ticket PRIMARY KEY (token)
);
CREATE TABLE web_tries (
	who VARCHAR(64) NOT NULL, 
	count INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_web_tries PRIMARY KEY (who)
);
CREATE TABLE web_user (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	connectors JSON NOT NULL, 
	password TEXT NOT NULL, 
	CONSTRAINT pk_web_user PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE web_weekly (
	user VARCHAR(32) NOT NULL, 
	connector VARCHAR(128) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	sent_at DATETIME NOT NULL, 
	CONSTRAINT pk_web_weekly PRIMARY KEY (user, connector)
);
CREATE INDEX ix_web_session_user ON web_session (user);
CREATE INDEX ix_web_mail_address ON web_mail (address);
CREATE INDEX ix_web_identity_user ON web_identity (user);
CREATE INDEX ix_act_connector ON act (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_link_edusign ON link (edusign_id);
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_hint_settles ON hint (settles_at);
CREATE INDEX ix_taken_run ON taken (run);
COMMIT;
