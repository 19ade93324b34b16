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
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0012');
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["1f93404d79392e9d","61e1083895c553d2","f15f6a1e691f5d42"],null],"43":[["20ad3b1070f6b46a","22dd6b89ad07f0fd","3a3e305ed6abd89e","d79e4612c4ca32a5"],null],"44":[["394feb7c2a267517","973342d8a99c738b","bb3dbd2af437377b"],null],"45":[["bc3b1c0b2d8d5cdf","dcc7eecb96eb1430"],null],"46":[["42e0060ba34e6ca4","7e79cde2f998004b","bb3dbd2af437377b"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["088880ecef3cf57c","5116120d726f957b","739c6ce4689e07de","e15af0902e53b6a4"],null],"90212":[["606af1ea32338afc","6d926388320386e8","b4fe4a7120c2a228"],null],"90213":[["02127d735741dfa6","4d9026546781304e","f856835abb5df16c"],null],"90214":[["277891a45308cfaa","f02d6be4960a14cc"],null],"90215":[["61e1083895c553d2","b31d39aeecce1d3b","c99ac19f6ea6ce91"],null],"90217":[["22dd6b89ad07f0fd","394feb7c2a267517","55ad82655efc271f"],null],"90218":[["8390a8145a64bbb4","973342d8a99c738b","dcc7eecb96eb1430"],null],"90219":[["42e0060ba34e6ca4","bc3b1c0b2d8d5cdf","fee46e3f935dd65e"],null],"90220":[["0518d991d951281d","7e79cde2f998004b","c8bbc5addf43650b"],null],"90221":[["445a3dd2efcb78b1","73fa56ce46768e5d","b2c5939008965cc3"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["17de469f7ed5f0fb","3412495d53afadf1","7f121b5d8d1322cb","e4e441bfab04968c"],null],"1202":[["17de469f7ed5f0fb","40516e331d0ccbbb","7f121b5d8d1322cb","e4e441bfab04968c"],null],"1203":[["5bcf7868370ff17c","5eb877ad48e70e8e"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["e4e441bfab04968c"],"2026-03-17T07:30:00+00:00"],"7712002":[["2827f8b619d1a757"],"2026-03-17T12:30:00+00:00"],"7712003":[["c3093b762cacac11"],"2026-03-18T07:30:00+00:00"],"7712004":[["2bfcc81dbd764f51"],"2026-03-19T08:00:00+00:00"],"7712005":[["805160469897681e"],"2026-03-20T07:30:00+00:00"],"7712006":[["fe9e0603677fe6fb"],"2026-03-20T12:30:00+00:00"],"7712007":[["09f527174e03bb72"],"2026-03-21T07:30:00+00:00"],"7712008":[["d5fe580e8c7b9b80"],"2026-03-21T12:30:00+00:00"],"7712009":[["03dfbf788d926086"],"2026-03-22T12:30:00+00:00"],"7712011":[["e9a980b30eeb8f04"],"2026-03-23T07:30:00+00:00"],"7712013":[["67b047ab38fa02b3","bd95dd600c77ade4"],"2026-03-16T07:30:00+00:00"],"7712014":[["8c589b140243e328"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'d691c2301a4a4bc996ecf282c4dd3d45','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'8602567126d4408c9e9355f46d8834bf','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'8602567126d4408c9e9355f46d8834bf','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'8602567126d4408c9e9355f46d8834bf','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'8602567126d4408c9e9355f46d8834bf','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'8602567126d4408c9e9355f46d8834bf','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 623 on vm','2026-11-28 12:33:17.855867');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'6a2c249899bcc762586f13eb3dc4a58b6a2c249899bcc762586f13eb3dc4a58b','{"last_name": "24ea82bf3d0bc566", "first_name": "c2bc62678c793a0b", "email": "c9eaeac02103b92a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'53874667a5f17128f24eb3ed73730f1b53874667a5f17128f24eb3ed73730f1b','{"last_name": "79777176ae1b77c3", "first_name": "f6b5134e3eab9725", "email": "41b50f6f39c9feb9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'07a54e61d53e265662147f31dd3874e907a54e61d53e265662147f31dd3874e9','{"last_name": "87c960efbeeaf97f", "first_name": "6f3bcf0f715eb5be", "email": "4d7a331fdbe7eaf0"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'4402dc38c3c23a3b86e4425594b3ce7c4402dc38c3c23a3b86e4425594b3ce7c','{"last_name": "948586ca18d5992c", "first_name": "4bff7930d3763118", "email": "f991c6c4ff948fbd", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'48236e1defe150aa8a5181a515ba8f3a48236e1defe150aa8a5181a515ba8f3a','{"last_name": "ffd0d2eed98074cf", "first_name": "cf1170090422ecf5", "email": "b461c27fdaf2fb69", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'51ae51bd5f6a3dfa58aaf01ffd87fb8251ae51bd5f6a3dfa58aaf01ffd87fb82','{"last_name": "eb1202498c5eae34", "first_name": "bc0dcf15e1414961", "email": "a5eaa68e019ac4df", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'8f9c1619ecd1fbc3fcc794ea8b7b6f578f9c1619ecd1fbc3fcc794ea8b7b6f57','{"last_name": "3b6ba93e12f1cc6f", "first_name": "c2bc62678c793a0b", "email": "ba4c0ec6db99c900", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'428b87e635dc2a340e3d7c343c2d37d3428b87e635dc2a340e3d7c343c2d37d3','{"last_name": "81a3a8b912b26617", "first_name": "6f3bcf0f715eb5be", "email": "58f97c6cfade1e86", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'1a5d0a410667dbd5600a555d71a775441a5d0a410667dbd5600a555d71a77544','{"last_name": "eadf360c7660a581", "first_name": "aee52afb401ff04b", "email": "ba9d95c1308260d1", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'01a4eb7ea82a300020866e5bbfbe455201a4eb7ea82a300020866e5bbfbe4552','{"last_name": "4a817a49c0f91485", "first_name": "635680add6672a52", "email": "30dd5060e4c308ee", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'86a0bd578b34f2792fb9edbbae9df27b86a0bd578b34f2792fb9edbbae9df27b','{"last_name": "695d0c170f541842", "first_name": "d628a8bf1d633922", "email": "9f015219c526aa31", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'2173c9f207e26c7387623ced423f7e0c2173c9f207e26c7387623ced423f7e0c','{"last_name": "28e6b26db47684bf", "first_name": "f02b470bca25ea96", "email": "de93b898df891002", "externals": "dada755a9a37689b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'37866233af8b0b49014c2d1ca403d56337866233af8b0b49014c2d1ca403d563','{"name": "88895a1b9eca50ad", "students": "34636b31d4547687"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'3a72013238c83f6d33ec469cd2d9a9203a72013238c83f6d33ec469cd2d9a920','{"name": "2416dec71f5f82c1", "students": "0e9d0ceebf713f77"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'3f55b78ac15aa991f8d304c7f0eda8fe3f55b78ac15aa991f8d304c7f0eda8fe','{"name": "a9d8e304e3633846", "students": "84fc5d764c09150d"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'f98df41456199f06968dccb7002eda05f98df41456199f06968dccb7002eda05','{"name": "95be63e260b637fc", "starts_at": "07d1b0e51b692bad", "ends_at": "584100b2f18a3ca1", "professors": "278e40a7995eb8f1", "students": "34636b31d4547687", "groups": "f220ff216dc2d47d", "classroom": "54575172bb16a4aa"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'680332f59e3a828d221eb759002d9dfc680332f59e3a828d221eb759002d9dfc','{"name": "dd36ffb15d2e3055", "starts_at": "0cd8594fb7783f52", "ends_at": "d6d0a2e5e8f675ea", "professors": "1e25f7858e548a68", "students": "647e31811eec430a", "groups": "7ef270e5b4120503", "classroom": "078ab49a0b39a157"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'8d2a8a98cbfc2a0024e9eab85815a4068d2a8a98cbfc2a0024e9eab85815a406','{"name": "5d22daf8450259ae", "starts_at": "c043ab48ae131283", "ends_at": "a88fcab4d82add64", "professors": "278e40a7995eb8f1", "students": "34636b31d4547687", "groups": "f220ff216dc2d47d", "classroom": "54575172bb16a4aa"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'57208cfe72ff27f7707781f181c1afe657208cfe72ff27f7707781f181c1afe6','{"name": "17746bb65e1ef190", "starts_at": "f2db90303295f8eb", "ends_at": "bb6bee216994c2ea", "professors": "2ef0c066e11ceeeb", "students": "0e9d0ceebf713f77", "groups": "bac32ce95a797e6b", "classroom": "fcefe141e340194c"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'7fc78c39f4372b44e973a6f8cc71fff97fc78c39f4372b44e973a6f8cc71fff9','{"name": "4f81a8f5aa1bd741", "starts_at": "6e2aa36a6235df58", "ends_at": "ee2e8d865fbf5ea2", "professors": "6cba229312b64d48", "students": "0e9d0ceebf713f77", "groups": "bac32ce95a797e6b", "classroom": "54575172bb16a4aa"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'7a3c4c7638285b53bbde842dbc63b1df7a3c4c7638285b53bbde842dbc63b1df','{"name": "d447273771a4850a", "starts_at": "ac6439869e1f2fd1", "ends_at": "dbab028cbfea43cc", "professors": "1e25f7858e548a68", "students": "84fc5d764c09150d", "groups": "2e05e0286f0f4ae9", "classroom": "54575172bb16a4aa"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('d691c2301a4a4bc996ecf282c4dd3d45','school','down','2026-11-28 12:33:10.265112','2026-11-28 12:33:17.349887','success','d748f7810149','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null}');
INSERT INTO "run" VALUES('8602567126d4408c9e9355f46d8834bf','school','up','2026-11-28 12:33:17.915410','2026-11-28 12:33:20.328458','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','dfe70517a7ab9babd0b11c8ce6e4b40d');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "ab06a79e5d607ffd", "entities.course.from": "059beb341d03cf98", "entities.course.source_id": "29fd9d9728e218b1", "filters.siteCodes": "5904102412eab9f3", "formats.clock": "2c206a69a4a60436", "formats.dashed": "be3ecb501dcd67b8", "formats.day": "ae6aa001dc6fb165", "formats.minutes": "7e1f1ff1cd71e38e", "resources.absences.get": "36de5a01b75b40fd", "resources.absences.key": "12f1640228515c8f", "resources.apprenants.get": "8dc8fea930613994", "resources.apprenants.key": "e6d53514d2dbbd67", "resources.apprenants.query": "ffba8be586977553", "resources.comptes.get": "20fa1cbed58828cb", "resources.comptes.key": "ec8f6846f46cf31b", "resources.contacts.for_each": "72eea048e6d70a94", "resources.contacts.get": "cd4e4e4938439a27", "resources.contrats.as.dateDebContrat": "b0d7629559599b3b", "resources.contrats.get": "0163a321d43df0e9", "resources.contrats.ignore": "6fc6823e2c593349", "resources.contrats.key": "44d8c307f8b84396", "resources.contrats.query": "22490f061bbdfb3f", "resources.contrats.when": "b16790bd79156122", "resources.formateurs.get": "c0de65805648003a", "resources.formateurs.key": "99189c22d96622a8", "resources.groupes.filter_by.siteCodes": "848a625c3c88c0f1", "resources.groupes.get": "2a7f9badaccb98cd", "resources.groupes.ignore": "a31bcd3c06ec0d94", "resources.groupes.key": "eec57cbebd30a319", "resources.groupes.query": "da7af2efcb89da2c", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "524c5aaa00d2e11d", "resources.inscrits.from": "895f1342a95b58e6", "resources.inscrits.ignore": "84bd94dfbb3ae16e", "resources.inscrits.items": "475b92b2cce41731", "resources.inscrits.key": "dcfdb23bcff6c2fc", "resources.motifs.get": "546b3569207b16ea", "resources.motifs.key": "611290abc5821d9d", "resources.periode.as.dateDeb": "b3dcda19078d10f2", "resources.periode.as.dateFin": "bf3b4f213de36e20", "resources.periode.get": "e294633d5a0e8eb8", "resources.periode.ignore": "75cc5a0f125aa14f", "resources.periode.key": "93295c21fd90a1a5", "resources.periode.single": "c2e6c00dd83a63ed", "resources.planning.as.date": "c91ad5d222c676d7", "resources.planning.as.heureDebut": "a41967de5f30f142", "resources.planning.as.heureFin": "e3e4345c7b4c0dfb", "resources.planning.for_each": "0332eb24966bfb48", "resources.planning.get": "013fc12d8054afb5", "resources.planning.items": "8fe4d9e74922dfe7", "resources.planning.key": "61b4d78e54d08991", "resources.planning.same_key": "5aaef5617fca58b6", "resources.salles.get": "c6e3226d120e0431", "resources.salles.key": "fbb2f97abcafce90", "resources.sites.get": "23349da77d754d09", "resources.sites.key": "b4353bb107071bf7", "resources.tutorats.add.contrat": "3960f1f85c45eed8", "resources.tutorats.add.tuteur": "b2ddb0e2e7e960fa", "resources.tutorats.from": "4366acbf9446cdea", "resources.tutorats.ignore": "ece7b91a8b7019b5", "rules.vanished": "c3374cf9a7c2f313", "transport.auth": "fb695cc7f3a78d29", "transport.base_url": "b5bf2012f9ead098", "transport.headers": "88b533c32d2ca0d2", "transport.kind": "b0cd6230e192b415", "transport.shape": "283c4972e9f87d34", "zone": "ae72b169fdcc54e1"}, "nodes": {"all sessions": "afefe81981b39034"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "f6f5d0d0254fe684", "status": "sent"}, "student:90212": {"content": "56c91cc69ff88d5a", "status": "sent"}, "student:90213": {"content": "fa3875eb098595cb", "status": "sent"}, "student:90215": {"content": "95d0093e09011776", "status": "sent"}}','2026-11-28 12:33:19.295833');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "b3e888f1423fbf54", "status": "sent"}, "student:90212": {"content": "27e3f8b92bfbb79a", "status": "sent"}, "student:90213": {"content": "f6f5d0d0254fe684", "status": "sent"}, "student:90215": {"content": "56c91cc69ff88d5a", "status": "sent"}, "student:90217": {"content": "fa3875eb098595cb", "status": "sent"}, "student:90218": {"content": "95d0093e09011776", "status": "sent"}}','2026-11-28 12:33:20.248139');
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
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_web_session_user ON web_session (user);
CREATE INDEX ix_act_connector ON act (connector);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
COMMIT;
