BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010');
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
INSERT INTO "event" VALUES(1,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:162','no email');
INSERT INTO "event" VALUES(2,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:103',NULL);
INSERT INTO "event" VALUES(3,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(4,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:175','no email');
INSERT INTO "event" VALUES(5,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:194','professor 45: no email');
INSERT INTO "event" VALUES(6,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:191','is empty');
INSERT INTO "event" VALUES(7,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:192','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:192','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:175','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:194','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:195','none of 1 is valid');
INSERT INTO "event" VALUES(12,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:113',NULL);
INSERT INTO "event" VALUES(13,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'65e0a620e6f2420ca501bc95456b010f','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'f6f85379d42a4708a0051d1835fc2711','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'f6f85379d42a4708a0051d1835fc2711','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'f6f85379d42a4708a0051d1835fc2711','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'f6f85379d42a4708a0051d1835fc2711','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'f6f85379d42a4708a0051d1835fc2711','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
CREATE TABLE former (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	former_id VARCHAR(255) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_former PRIMARY KEY (connector, account, kind, former_id)
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
INSERT INTO "lease" VALUES('school',2,'process 30078 on vm','2026-11-28 12:32:43.857790');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'994220e751ce081cd72e4abb2ff8c7fc994220e751ce081cd72e4abb2ff8c7fc','{"last_name": "1dcfc4fd63d445b3", "first_name": "eafa60d25ef732f1", "email": "0e2f3e981c73633f"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'cabe193fcc787099993da1d5be0e2a90cabe193fcc787099993da1d5be0e2a90','{"last_name": "33107c20df348139", "first_name": "6626c0e0fc5728df", "email": "3d85f9cf83498f7d"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'c9318940b95d915afe263c8f8d971206c9318940b95d915afe263c8f8d971206','{"last_name": "8c1616c0bf3fb8cf", "first_name": "1dff09b83293920f", "email": "38d7ba1763560949"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'10272d98ac3b413b426e8dd63eb1cb6c10272d98ac3b413b426e8dd63eb1cb6c','{"last_name": "aebd07f02ff14bc0", "first_name": "878cf30bb8164459", "email": "f01d186d6fc1f11b", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'afc1e71ad608261a4995d998a76c68e2afc1e71ad608261a4995d998a76c68e2','{"last_name": "377803e57436850d", "first_name": "3ac3b259d2049312", "email": "71ec859fb9605e00", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'ffefb56917c22b113ddea5bd2aa7870dffefb56917c22b113ddea5bd2aa7870d','{"last_name": "cd0a8e162eaf4692", "first_name": "9c8fad2cc31947d8", "email": "3c2b09d136a2ecb8", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'c9c25f1e8e48f8589b893f6ad8edf515c9c25f1e8e48f8589b893f6ad8edf515','{"last_name": "1fedbfa258d514d3", "first_name": "eafa60d25ef732f1", "email": "3f3a0ef8f367ca87", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'510303a68913a3421e3c9f31898b0392510303a68913a3421e3c9f31898b0392','{"last_name": "428674dae3eaae74", "first_name": "1dff09b83293920f", "email": "ba1d84cbf32c6482", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'7b7664adca228399648497639374e2047b7664adca228399648497639374e204','{"last_name": "c317189f2f8ab141", "first_name": "7c19ba60082a8eef", "email": "5061cd0414807846", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'68d1b3dd2a9348b780f93233e567a52568d1b3dd2a9348b780f93233e567a525','{"last_name": "f9ff7feae5756422", "first_name": "16f0cea1cdecb0ac", "email": "cd84cd7328d78f6f", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'448dd7b3387f5f1cf8ba261d7fed2f57448dd7b3387f5f1cf8ba261d7fed2f57','{"last_name": "669fe8e8fcf33633", "first_name": "79140691e94736b5", "email": "77dbbeb0299dd075", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'f9a496a69841c4fedbf56c4d9ba8cdd1f9a496a69841c4fedbf56c4d9ba8cdd1','{"last_name": "5d30aef87ed1e691", "first_name": "cf66364fa4d6a911", "email": "14f11202215b5047", "externals": "270d1935a057680e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'040a17e8efad15254bef06693f29ca24040a17e8efad15254bef06693f29ca24','{"name": "861515a5a2a18b22", "students": "b7baa0471a5c9036"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'963adac6123da6cd6929242ce24f25a4963adac6123da6cd6929242ce24f25a4','{"name": "483241cb1d91dce8", "students": "8344ff3c309cafe6"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'ce934cfcab993f3d6985dd4f18e3cb14ce934cfcab993f3d6985dd4f18e3cb14','{"name": "b569825a94383e45", "students": "7db0aaf1ddf0af83"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'992ba516eee723f57f523fcc42fcf636992ba516eee723f57f523fcc42fcf636','{"name": "8736bc7f6c542840", "starts_at": "9819ba8b94ca74d7", "ends_at": "63666b9f82319cb6", "professors": "6c9c6d5d54b344a3", "students": "b7baa0471a5c9036", "groups": "cc2b52460535934c", "classroom": "2e32a3f9b89045cd"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'1ff538754ce779d5a1f72571aa0bfc4b1ff538754ce779d5a1f72571aa0bfc4b','{"name": "e3ea96bfe5d73beb", "starts_at": "6de95a13566f7c8f", "ends_at": "3d297ae8a79fd40a", "professors": "ecb0af7f4a1182ba", "students": "4b8e0154d83548e6", "groups": "88f14d6b691e7e12", "classroom": "99c508cbf1cd10b2"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'dc02d46e5e0ebf656dc63dd1f6a76760dc02d46e5e0ebf656dc63dd1f6a76760','{"name": "0683c5c33de0cd0a", "starts_at": "df67d7ed885a7a2c", "ends_at": "09da2635732a53b7", "professors": "6c9c6d5d54b344a3", "students": "b7baa0471a5c9036", "groups": "cc2b52460535934c", "classroom": "2e32a3f9b89045cd"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'26c7f5d7d4d999db0a2818145e52673726c7f5d7d4d999db0a2818145e526737','{"name": "010e2bb24995003e", "starts_at": "386810cad8f5a534", "ends_at": "18616e1a19240d61", "professors": "b193a11de2a80c0a", "students": "8344ff3c309cafe6", "groups": "e825a70b72761eef", "classroom": "57a58610554e9a75"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'23184e4e0e3cde13826bb1349ba2675423184e4e0e3cde13826bb1349ba26754','{"name": "f72f1849d3e19ddd", "starts_at": "a2a91461437697be", "ends_at": "687a634b152742c4", "professors": "d53ab5d061e9a9b9", "students": "8344ff3c309cafe6", "groups": "e825a70b72761eef", "classroom": "2e32a3f9b89045cd"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'8a8e3f70fe407b0bb0dce887e878ee498a8e3f70fe407b0bb0dce887e878ee49','{"name": "f808ec5890d7db7a", "starts_at": "d0b247e94d790239", "ends_at": "ff73b71b977c131c", "professors": "ecb0af7f4a1182ba", "students": "7db0aaf1ddf0af83", "groups": "46395af11f0af2ff", "classroom": "2e32a3f9b89045cd"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('65e0a620e6f2420ca501bc95456b010f','school','down','2026-11-28 12:32:36.599857','2026-11-28 12:32:43.455992','success','5c7d4609a0f8','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null}');
INSERT INTO "run" VALUES('f6f85379d42a4708a0051d1835fc2711','school','up','2026-11-28 12:32:43.953674','2026-11-28 12:32:45.870181','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','a897b9951e175407b7816a30d7b8e00d');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "988401eaa1c6eb56", "entities.course.from": "88d639aed1867689", "entities.course.source_id": "3e6f187d89c12f9b", "filters.siteCodes": "bb117a42b026b1bb", "formats.clock": "c09638dafaa3c3c9", "formats.dashed": "e54ae48cfad5b37e", "formats.day": "7cda4212331ef3cb", "formats.minutes": "3cdf351a01cf3e04", "resources.absences.get": "2881a1bbc24b5f66", "resources.absences.key": "f8458dccf2ab06b1", "resources.apprenants.get": "ccde150f589175c2", "resources.apprenants.key": "27a0deca79e2c13a", "resources.apprenants.query": "e4495246f68f5b4b", "resources.comptes.get": "b2a37629f9c18565", "resources.comptes.key": "22bcb4a4abe84fdc", "resources.contacts.for_each": "d208c934afb64328", "resources.contacts.get": "959bb29549ea42a0", "resources.contrats.as.dateDebContrat": "332498068de19562", "resources.contrats.get": "d2dda6aa2af45a41", "resources.contrats.ignore": "4155af32f70def7d", "resources.contrats.key": "1bf77ca9dfe7cc4d", "resources.contrats.query": "2f9867158becc0e9", "resources.contrats.when": "3c46b7c27f8b04f9", "resources.formateurs.get": "41891314bc9c5a54", "resources.formateurs.key": "4f8d1f29b6402a2b", "resources.groupes.filter_by.siteCodes": "a06025239c3575c1", "resources.groupes.get": "40fdc7e0367e1c1c", "resources.groupes.ignore": "f13e26ee0ebda1d1", "resources.groupes.key": "3643203f9ea880b6", "resources.groupes.query": "745971b72c92a453", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "d93cbabf9389cff7", "resources.inscrits.from": "523eda16f8469a79", "resources.inscrits.ignore": "9fa5d2f61e97a471", "resources.inscrits.items": "25e82369883e833d", "resources.inscrits.key": "7830e85daed361aa", "resources.motifs.get": "67b5b9aa7d72b0fe", "resources.motifs.key": "41b3e460866da773", "resources.periode.as.dateDeb": "f34d6504c119637b", "resources.periode.as.dateFin": "1fc8e04b2d9656df", "resources.periode.get": "c4f5b5a34269ee0c", "resources.periode.ignore": "f43899c4cf4de2ab", "resources.periode.key": "dfaca1a001431a15", "resources.periode.single": "f6117ed3c7ee7abd", "resources.planning.as.date": "38872d515157748e", "resources.planning.as.heureDebut": "1cbf2959116408a6", "resources.planning.as.heureFin": "a95c3044858aefd1", "resources.planning.for_each": "8b2c4cf84c3356c1", "resources.planning.get": "42fd3b530aeda1e8", "resources.planning.items": "22a5e07dabf35d19", "resources.planning.key": "e778fc96a634fadc", "resources.planning.same_key": "9a8cbddbad9e8b93", "resources.salles.get": "b01762702b65d3f6", "resources.salles.key": "3ed4cae18c4d6f41", "resources.sites.get": "df5389e3ce8fe255", "resources.sites.key": "c94049e5c3fb4c3f", "resources.tutorats.add.contrat": "6189f6c11fa1c547", "resources.tutorats.add.tuteur": "d4a18ef1c5a108bf", "resources.tutorats.from": "3d48cc9bfd840388", "resources.tutorats.ignore": "2e1b2d8f1c9da5a7", "rules.vanished": "9cd7e3808c40b926", "transport.auth": "9c2cf88b5f88952c", "transport.base_url": "5d2bff04b1f116ae", "transport.headers": "be77b2a684b7eb9a", "transport.kind": "d40cab03c4239b1b", "transport.shape": "8f4a144e70fb52af", "zone": "f4ca605712f93947"}, "nodes": {"all sessions": "53317a5ab7ce4879"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "fd5d65e0936f8d9a", "status": "sent"}, "student:90212": {"content": "057cac9ff8f52bcd", "status": "sent"}, "student:90213": {"content": "078b1074dbfd111d", "status": "sent"}, "student:90215": {"content": "c3e53a7636323493", "status": "sent"}}','2026-11-28 12:32:45.237595');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "bd5fa68af537e95b", "status": "sent"}, "student:90212": {"content": "88cf3d9df51a1ee9", "status": "sent"}, "student:90213": {"content": "fd5d65e0936f8d9a", "status": "sent"}, "student:90215": {"content": "057cac9ff8f52bcd", "status": "sent"}, "student:90217": {"content": "078b1074dbfd111d", "status": "sent"}, "student:90218": {"content": "c3e53a7636323493", "status": "sent"}}','2026-11-28 12:32:45.802987');
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
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_slot_state ON slot (state, again_at);
COMMIT;
