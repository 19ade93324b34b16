BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
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
INSERT INTO "event" VALUES(1,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:154','no email');
INSERT INTO "event" VALUES(2,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:95',NULL);
INSERT INTO "event" VALUES(3,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:186','is empty');
INSERT INTO "event" VALUES(4,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:167','no email');
INSERT INTO "event" VALUES(5,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:186','professor 45: no email');
INSERT INTO "event" VALUES(6,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:183','is empty');
INSERT INTO "event" VALUES(7,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:184','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:184','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:167','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:186','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:187','none of 1 is valid');
INSERT INTO "event" VALUES(12,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:105',NULL);
INSERT INTO "event" VALUES(13,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'0b50f12e6ce44382b695ca632be312b4','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'24ad183b22d043e99c0ad8f7f40ff2c7','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'24ad183b22d043e99c0ad8f7f40ff2c7','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'24ad183b22d043e99c0ad8f7f40ff2c7','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'24ad183b22d043e99c0ad8f7f40ff2c7','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'24ad183b22d043e99c0ad8f7f40ff2c7','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 23400 on vm','2026-11-28 12:31:24.344633');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'0014a6b911640405902c843f068288520014a6b911640405902c843f06828852','{"last_name": "6b6a25397fb07ca0", "first_name": "359ade0252d40638", "email": "8e5d942a531decc5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'3e399cab80958c161b0c6d7d74bec0ca3e399cab80958c161b0c6d7d74bec0ca','{"last_name": "002e360ed1e83d0c", "first_name": "9f4e7044a81dadae", "email": "77d15bbe929d01cd"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'05e209121ad756d7f788c37ae0b70efd05e209121ad756d7f788c37ae0b70efd','{"last_name": "8a8f33c4c4993a30", "first_name": "65f4213fcc1e5166", "email": "4ce68389756e57b1"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'e9c32f8bb7f0ca0204f2256d374d367de9c32f8bb7f0ca0204f2256d374d367d','{"last_name": "9c4d156dc4dc1b52", "first_name": "0dff049b10ccca4a", "email": "180c9de0c341da2a", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'590cb1fe8fa5270cdfb43b08e09ec062590cb1fe8fa5270cdfb43b08e09ec062','{"last_name": "842556dbec628070", "first_name": "ea56b0c3dd6613ab", "email": "29d33cea8a682189", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'36fd7155290b1462b312c751675741a636fd7155290b1462b312c751675741a6','{"last_name": "8156f27cdc594d80", "first_name": "419b748e3dbacbb6", "email": "7e17f14a0f596aa7", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'c5bf92cf585f7c06742073cf978a28bcc5bf92cf585f7c06742073cf978a28bc','{"last_name": "ff54e279d69c3021", "first_name": "359ade0252d40638", "email": "139771f253ae7e32", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'44ac76b121cf6d208ab93e442420d03644ac76b121cf6d208ab93e442420d036','{"last_name": "b3533bb922af6bfc", "first_name": "65f4213fcc1e5166", "email": "750bcea3efe359f6", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'a410764e89ccc49b99abb81211182f88a410764e89ccc49b99abb81211182f88','{"last_name": "e3a895930a5b0535", "first_name": "75bc604cfb200c11", "email": "4c9b6156087f49c9", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'f45645e00d039364b75b71ec68911698f45645e00d039364b75b71ec68911698','{"last_name": "4e7b6e09b3c8b717", "first_name": "cdf62b20a53b5099", "email": "8aa4b18d23ce0758", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'30f139f91156af9edd31e03e51f40a2730f139f91156af9edd31e03e51f40a27','{"last_name": "aee7ff58b09b5af3", "first_name": "ef57a33fdc7458e7", "email": "d72125db78b77706", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'655e7e173e2685e40a919240565a9a7e655e7e173e2685e40a919240565a9a7e','{"last_name": "d9bcf8f23b105ee1", "first_name": "af0feb9167dd6fbc", "email": "7d3e7e803e764f71", "externals": "da1eb78c325c407c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'aeecd12ef232b63688a9dd506dedd8e5aeecd12ef232b63688a9dd506dedd8e5','{"name": "411563c601b7e4e9", "students": "2f813e0a27fb6175"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'4a72fa249790ff02c44c46ef7842c21f4a72fa249790ff02c44c46ef7842c21f','{"name": "e17e39bc0acb4c58", "students": "14ea65c073c24d71"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'bc922a12851b7dc897d56211f4d4127fbc922a12851b7dc897d56211f4d4127f','{"name": "5cc6eecfdfc8a49b", "students": "691f6b2169c356de"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'885e8ca53f208a9416ffb6b1843e494d885e8ca53f208a9416ffb6b1843e494d','{"name": "7e73cf8e0f8e48a8", "starts_at": "de6d04c720875cee", "ends_at": "17f822dec73e4697", "professors": "68d46d5430ec0a75", "students": "2f813e0a27fb6175", "groups": "8877dcc4938017b7", "classroom": "11069022619f52df"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'7916e98eb99c9f694ba023ba953160f67916e98eb99c9f694ba023ba953160f6','{"name": "7d3ea5b7291de293", "starts_at": "b93012c2a26af1e8", "ends_at": "6bb861844ba39510", "professors": "72299ec545f80ec9", "students": "267e435564cf133d", "groups": "2ca3fb7b4ccafdec", "classroom": "99591985579aeb71"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'f341e19274d8c5016d9e4dd18b773bb1f341e19274d8c5016d9e4dd18b773bb1','{"name": "9229aeeee2630b7d", "starts_at": "9a39a76316ad095c", "ends_at": "a3e29a23e4e97bc0", "professors": "68d46d5430ec0a75", "students": "2f813e0a27fb6175", "groups": "8877dcc4938017b7", "classroom": "11069022619f52df"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'96b91a53e14520ad7e20fe611226ce4b96b91a53e14520ad7e20fe611226ce4b','{"name": "60e3f174e85709e5", "starts_at": "8c74a13fc0cd8f01", "ends_at": "9dca264ebd931fda", "professors": "44ec0cab68c64b88", "students": "14ea65c073c24d71", "groups": "b3b5bd5cf515ed13", "classroom": "2aacb7bd2814b462"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'ce9f0046f44adb6fd166bb794255df54ce9f0046f44adb6fd166bb794255df54','{"name": "2eb9458f36ffbd5b", "starts_at": "a2839564312a2f7e", "ends_at": "c71f0f891ca4d22d", "professors": "93305592297359d3", "students": "14ea65c073c24d71", "groups": "b3b5bd5cf515ed13", "classroom": "11069022619f52df"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'195f6671142fa69504d730e41e1f594a195f6671142fa69504d730e41e1f594a','{"name": "53c675c3e233a652", "starts_at": "5af2037e4abca742", "ends_at": "c60ece6a07374a6a", "professors": "72299ec545f80ec9", "students": "691f6b2169c356de", "groups": "60b8da11235edc7d", "classroom": "11069022619f52df"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('0b50f12e6ce44382b695ca632be312b4','school','down','2026-11-28 12:31:18.250239','2026-11-28 12:31:24.124870','success','521a38f004cc','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null}');
INSERT INTO "run" VALUES('24ad183b22d043e99c0ad8f7f40ff2c7','school','up','2026-11-28 12:31:24.354584','2026-11-28 12:31:25.756474','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','bd0a6d9f0a8dddd26f5e2cd4ccb4e9ca');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "5c198e87c31c22f4", "entities.course.from": "a2013145d4beb7b3", "entities.course.source_id": "e04dace8397bd4d4", "filters.siteCodes": "dfb5d9a0a7a0f75b", "formats.clock": "087d1df797dff6ca", "formats.dashed": "b4ecffb6ba4adddc", "formats.day": "a9620c80b6f64539", "formats.minutes": "17d8eb985de714f1", "resources.absences.get": "c0b724f729a8fdb3", "resources.absences.key": "924f236b118cd62b", "resources.apprenants.get": "dc7c980699c55193", "resources.apprenants.key": "9cf3fe8ef909219c", "resources.apprenants.query": "c68d9b1e3e0bb988", "resources.comptes.get": "4f67f47a904af198", "resources.comptes.key": "9e4dc5ace59617f8", "resources.contacts.for_each": "5c67628db23bbb3e", "resources.contacts.get": "a1db4be2680d55e8", "resources.contrats.as.dateDebContrat": "dfd39737f0688607", "resources.contrats.get": "c649ff4abf4a37fb", "resources.contrats.ignore": "fc4039dd13209f46", "resources.contrats.key": "fdbe770317a1cca8", "resources.contrats.query": "1937442ae169c903", "resources.contrats.when": "b5069673369cf736", "resources.formateurs.get": "cf556582eef7a2df", "resources.formateurs.key": "582c99f85ae487b0", "resources.groupes.filter_by.siteCodes": "e8b98fe3e679da10", "resources.groupes.get": "af0e73e68e0f5f0b", "resources.groupes.ignore": "0a3ee2c553a2994b", "resources.groupes.key": "83302330e3ad2871", "resources.groupes.query": "d9b418d8a9284f54", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "29b4ce5eb5d3c624", "resources.inscrits.from": "8e0698e8a8379533", "resources.inscrits.ignore": "93d89b6e3b276dd3", "resources.inscrits.items": "9d1ecba28c0411eb", "resources.inscrits.key": "4c19373d7c86074c", "resources.motifs.get": "47f6e83d436afbcf", "resources.motifs.key": "6b3549b510dad46d", "resources.periode.as.dateDeb": "40258ec70bd351df", "resources.periode.as.dateFin": "414e2866adef4cf6", "resources.periode.get": "da8fbb21d9902625", "resources.periode.ignore": "87c887808ce0d591", "resources.periode.key": "beadee95f69173d9", "resources.periode.single": "a2834a1282f3eca9", "resources.planning.as.date": "508d024b837fa5ab", "resources.planning.as.heureDebut": "8c09dfe6e9be1d13", "resources.planning.as.heureFin": "4e677637a97f9b55", "resources.planning.for_each": "3396b7ac0ffcd035", "resources.planning.get": "4c5d5f17bbf2876d", "resources.planning.items": "d699d260e980e1ab", "resources.planning.key": "98c5d331aab2b528", "resources.planning.same_key": "94bdbb3ce73e3f0e", "resources.salles.get": "5998871d62c98804", "resources.salles.key": "af20f1a7d684bb65", "resources.sites.get": "6ba3559c582309b7", "resources.sites.key": "897f38d93e12c101", "resources.tutorats.add.contrat": "988ab52281e044c8", "resources.tutorats.add.tuteur": "884071c2ac462338", "resources.tutorats.from": "b8fdca229ac285fa", "resources.tutorats.ignore": "593315f958cdaa5b", "rules.vanished": "5b99436e525671ed", "transport.auth": "bbaf4486066f94d3", "transport.base_url": "bf7d79210376874f", "transport.headers": "4d291889e7afcd69", "transport.kind": "5e7357c4115811db", "transport.shape": "0084c72e6411f6a3", "zone": "c9891a9ac235ed61"}, "nodes": {"all sessions": "89a2079399ac5558"}, "held": {}}');
INSERT INTO "setting" VALUES('rare/3f73c1440fea96242361c91623ccafc5','{}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "b96306fe8548e881", "status": "sent"}, "student:90212": {"content": "54dfab12a336297e", "status": "sent"}, "student:90213": {"content": "7c98308fa636320f", "status": "sent"}, "student:90215": {"content": "e1ad14d9b30b022b", "status": "sent"}}','2026-11-28 12:31:25.270340');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "eec715d8110d885d", "status": "sent"}, "student:90212": {"content": "cd8c86a2b6f198fc", "status": "sent"}, "student:90213": {"content": "b96306fe8548e881", "status": "sent"}, "student:90215": {"content": "54dfab12a336297e", "status": "sent"}, "student:90217": {"content": "7c98308fa636320f", "status": "sent"}, "student:90218": {"content": "e1ad14d9b30b022b", "status": "sent"}}','2026-11-28 12:31:25.690043');
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
