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
INSERT INTO "alembic_version" VALUES('0013');
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["1bf88ac2a59d7056","96c565a92d07bda3","b38988a685069e80"],null],"43":[["5fb7ed2db4f7a560","6511ef0728dbbb08","972123bde2d2d5d3","f13c5b6f4350fe86"],null],"44":[["a7d82a552f6cc5b7","bea0b293416564a5","da56c11eb1e78290"],null],"45":[["12b8978fc860f17a","330fa4a01ba397b5"],null],"46":[["6247d28eea1b9463","bea0b293416564a5","d97be3d489b857fa"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["3004308049d37821","59cd99813fc0fc43","93a9fbadbe603c07","afd9898864de2829"],null],"90212":[["241754c436d74f35","4ee44d27c29a501e","e72b930d96d763c3"],null],"90213":[["682d6f626ac52eda","acb6f306594e6e7b","b708aee1fde86aee"],null],"90214":[["39adf393e6b26d5f","c3b3bba0422bc7d9"],null],"90215":[["249831267f515b65","7dcfcb9ac6987ac0","96c565a92d07bda3"],null],"90217":[["a7d82a552f6cc5b7","b6bd5c2f49f0046d","f13c5b6f4350fe86"],null],"90218":[["0dcfde203b269b25","330fa4a01ba397b5","da56c11eb1e78290"],null],"90219":[["12b8978fc860f17a","6247d28eea1b9463","658cc603070edef9"],null],"90220":[["25b374e997f1bfae","6bde6b0c7ef76062","d97be3d489b857fa"],null],"90221":[["0b1eb0308a08c61f","10332fe2ff4e85aa","4806603e4ab28ed0"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["2d3eccfa22418537","507e07ea898be290","ec108d6f80fca906","f0ffa3e07dac5ed9"],null],"1202":[["26f7400d63833018","507e07ea898be290","ec108d6f80fca906","f0ffa3e07dac5ed9"],null],"1203":[["1d72315d0c7eed43","7f72d4bad571435b"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["ec108d6f80fca906"],"2026-03-17T07:30:00+00:00"],"7712002":[["76fe1cd219af2e2a"],"2026-03-17T12:30:00+00:00"],"7712003":[["7278578fbaf294e4"],"2026-03-18T07:30:00+00:00"],"7712004":[["a0909a1a7c1ce27b"],"2026-03-19T08:00:00+00:00"],"7712005":[["aa37becc6dd1b59b"],"2026-03-20T07:30:00+00:00"],"7712006":[["0b9281aa6b3a0e49"],"2026-03-20T12:30:00+00:00"],"7712007":[["1dd2f17ce83e7c12"],"2026-03-21T07:30:00+00:00"],"7712008":[["f88e06e1c4c1a096"],"2026-03-21T12:30:00+00:00"],"7712009":[["f3890783ededabbb"],"2026-03-22T12:30:00+00:00"],"7712011":[["9a56657ac3333979"],"2026-03-23T07:30:00+00:00"],"7712013":[["795aa30839dbc571","ba9e054eab6169ac"],"2026-03-16T07:30:00+00:00"],"7712014":[["04a69089605e2397"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'0ed14fd2eee84bdbb40923fc6e134dce','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'297b5d5caf3c4e06930a7f70a5d49300','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'297b5d5caf3c4e06930a7f70a5d49300','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'297b5d5caf3c4e06930a7f70a5d49300','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'297b5d5caf3c4e06930a7f70a5d49300','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'297b5d5caf3c4e06930a7f70a5d49300','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 3616 on vm','2026-11-28 12:33:53.177775');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'335aa84a668a6674de930eb3de462bd6335aa84a668a6674de930eb3de462bd6','{"last_name": "5061c07436c2dda2", "first_name": "22bdc590dff5dd5b", "email": "3be8790a076ed6ac"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'773bb0aef30228768c2502d6c0b8d216773bb0aef30228768c2502d6c0b8d216','{"last_name": "4b8d46076b0d73bc", "first_name": "42b00b87de0a4c9c", "email": "12d8670548f66c90"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'7244c99b5cbb91cd29b7deaab5322a1d7244c99b5cbb91cd29b7deaab5322a1d','{"last_name": "c1b0986ff9d6c0c7", "first_name": "e2399b2acc1ea160", "email": "c57cb06e7349570d"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'b960841db1bb5d71d2ae3ada8d468be1b960841db1bb5d71d2ae3ada8d468be1','{"last_name": "1343081a03a2393b", "first_name": "877046889e4f980e", "email": "b2a2d1e431be07ea", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'6a9ecc9a6ee48deefb63b26df8aeb4ff6a9ecc9a6ee48deefb63b26df8aeb4ff','{"last_name": "d90c7344c8fb2ba0", "first_name": "70b47b261db4b537", "email": "008d2f4c505286c5", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'372809c1afc0bb2e67a98aa7f9824d66372809c1afc0bb2e67a98aa7f9824d66','{"last_name": "f0419059fa8242f5", "first_name": "931c0146964747f4", "email": "115cefcf37ec6a7b", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'e28c03906f1f4827d77d1b7d461b52c5e28c03906f1f4827d77d1b7d461b52c5','{"last_name": "90239b1f757feab8", "first_name": "22bdc590dff5dd5b", "email": "fc78898396d60389", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'7f80fde6ac3d40559e5f4b006f12f6de7f80fde6ac3d40559e5f4b006f12f6de','{"last_name": "f7bf010c3f2d64e8", "first_name": "e2399b2acc1ea160", "email": "09ee8bd6979f5080", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'b1e685857c2752a9f01a90e6261de082b1e685857c2752a9f01a90e6261de082','{"last_name": "41d4e50c8893f436", "first_name": "865f9fe30e70e672", "email": "3705c415569bd21f", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'c1d53cbd3291fbe429f33f19ec3c63c0c1d53cbd3291fbe429f33f19ec3c63c0','{"last_name": "bc3331f44e6fc597", "first_name": "7ce21d18cd789628", "email": "03788b11df3a5315", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'d30c38522c9b22902ec993d8abffcb4ed30c38522c9b22902ec993d8abffcb4e','{"last_name": "c5222f690e87a970", "first_name": "1af92363beeb6d65", "email": "84d39d748aa5465a", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'c8e1fe61cfff56e19005c8a5fb7d36b8c8e1fe61cfff56e19005c8a5fb7d36b8','{"last_name": "77cb6643b1e89a8b", "first_name": "91231f815400e434", "email": "bd900bb38a70ca65", "externals": "863845464983c287"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'c2285e596b1d5e44a039931b4f0e8079c2285e596b1d5e44a039931b4f0e8079','{"name": "6b756c1c408d2aed", "students": "f5e0ca6a34f94f3d"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'5609d19389791aaf069d0e2e881a81855609d19389791aaf069d0e2e881a8185','{"name": "e6a97cd4c19f215f", "students": "1f8c2198ab738903"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'6f22a0cfd2d932dcd5d74205d4d211346f22a0cfd2d932dcd5d74205d4d21134','{"name": "7ca58720883c3bd1", "students": "636a0c95804e4dda"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'fbd301cee4b862e246a2b8b4d4b42a3cfbd301cee4b862e246a2b8b4d4b42a3c','{"name": "dc06d4e644ae7149", "starts_at": "f780187dd4756b9f", "ends_at": "f6a278c12d7a626f", "professors": "4febbc2eb2bdce45", "students": "f5e0ca6a34f94f3d", "groups": "b37d0fd513cde04d", "classroom": "78ffc6414bb99763"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'573b9b4aad764449f2fdf4114a17c1f4573b9b4aad764449f2fdf4114a17c1f4','{"name": "16fbc98c66bdda3c", "starts_at": "df20c3a07851c8da", "ends_at": "201494646950881a", "professors": "be5dd3f2450863c9", "students": "6621c0ec701a5a2b", "groups": "e6d11c4c9b61025c", "classroom": "d17b652c49025fd7"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'064e466a772f72cfde6fa751e346c406064e466a772f72cfde6fa751e346c406','{"name": "beecaeb12050a109", "starts_at": "fd614ee61bb154a1", "ends_at": "66dfc892b0a19b46", "professors": "4febbc2eb2bdce45", "students": "f5e0ca6a34f94f3d", "groups": "b37d0fd513cde04d", "classroom": "78ffc6414bb99763"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'9bcbd3f749d348da01f48abfddefbbf39bcbd3f749d348da01f48abfddefbbf3','{"name": "63fd643cb4fa3ac6", "starts_at": "dbe237d9c1d7fc30", "ends_at": "d504f36391f2a5ea", "professors": "f2ca25267a0d0de1", "students": "1f8c2198ab738903", "groups": "86556a39c439a8e2", "classroom": "6267abcd1caa0c0d"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'e1748577388bc7d0e3515dcb3341e78fe1748577388bc7d0e3515dcb3341e78f','{"name": "2e71eda530293067", "starts_at": "576a805078f41b7c", "ends_at": "837bd55fe8350b5b", "professors": "bab57602437347cf", "students": "1f8c2198ab738903", "groups": "86556a39c439a8e2", "classroom": "78ffc6414bb99763"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'4ad103fece96c077ee7c350b1b4cf83d4ad103fece96c077ee7c350b1b4cf83d','{"name": "e6804b8f38521254", "starts_at": "6773ed507061cf2d", "ends_at": "9a164b8d126c7808", "professors": "be5dd3f2450863c9", "students": "636a0c95804e4dda", "groups": "c47c6ae98fab21bc", "classroom": "78ffc6414bb99763"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('0ed14fd2eee84bdbb40923fc6e134dce','school','down','2026-11-28 12:33:42.746017','2026-11-28 12:33:52.511590','success','fe84d3180b09','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 82, "erp": 9}}');
INSERT INTO "run" VALUES('297b5d5caf3c4e06930a7f70a5d49300','school','up','2026-11-28 12:33:53.274490','2026-11-28 12:33:55.418891','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','481bcced1f3ca9fb771df39cc108383b');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "6b36baad74eb528f", "entities.course.from": "1a8714c2aaa6e588", "entities.course.source_id": "e0a9b12cb064a7f1", "filters.siteCodes": "eb9807b897da4872", "formats.clock": "00dfc2c1e6ba0397", "formats.dashed": "ed6eadc5dd92570c", "formats.day": "d69eb23bd108e846", "formats.minutes": "75c1e3fde0036a1e", "resources.absences.get": "3349d2e2fdf7d9e4", "resources.absences.key": "b314a1128970c647", "resources.apprenants.get": "15b6c6f7e8aed34e", "resources.apprenants.key": "0c41b9a461df8965", "resources.apprenants.query": "f1e41e69a4624947", "resources.comptes.get": "a4b0a8a293184036", "resources.comptes.key": "a846298014f375c4", "resources.contacts.for_each": "67405f832c0b0e15", "resources.contacts.get": "ae603a08ba52e377", "resources.contrats.as.dateDebContrat": "ecefec0850465112", "resources.contrats.get": "cecb5d595390f584", "resources.contrats.ignore": "abcac3844c4f90d0", "resources.contrats.key": "e0695b99945ba246", "resources.contrats.query": "fe17a39ea4984aad", "resources.contrats.when": "a207990a23fec0b3", "resources.formateurs.get": "0933696484f4b070", "resources.formateurs.key": "d8e72bbca559700f", "resources.groupes.filter_by.siteCodes": "679ebdce6b2efa0f", "resources.groupes.get": "7f2df67f51e76dcf", "resources.groupes.ignore": "06bb9da5e0ea5fd1", "resources.groupes.key": "f323ac6a5926f160", "resources.groupes.query": "0cd661b14a9429ab", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "5575f0a7e356a00b", "resources.inscrits.from": "245ae418b093469e", "resources.inscrits.ignore": "9f6e108f750162e5", "resources.inscrits.items": "66d4e76c3a3caad2", "resources.inscrits.key": "8ee8f27fe3574c49", "resources.motifs.get": "3a01015051a6738d", "resources.motifs.key": "34421c214197ba72", "resources.periode.as.dateDeb": "9f560c2ff77a66d3", "resources.periode.as.dateFin": "4f7173acc9a6167a", "resources.periode.get": "c33513a190457270", "resources.periode.ignore": "7827d5d74ac79151", "resources.periode.key": "f63aa51e26f0508f", "resources.periode.single": "c33fd4e3d5c87cdb", "resources.planning.as.date": "551e51b55521745f", "resources.planning.as.heureDebut": "e7b68a286f1af19c", "resources.planning.as.heureFin": "adbbf097b5f39c03", "resources.planning.for_each": "d1c0048b9f693457", "resources.planning.get": "77b786e0cd5e8db9", "resources.planning.items": "c92b9f5a8346ac46", "resources.planning.key": "4a6c242613756001", "resources.planning.same_key": "8e3f0a89aaeb0fcd", "resources.salles.get": "20c82b184bbc8858", "resources.salles.key": "96b49f0e8949d8c4", "resources.sites.get": "2f6ca5514c76cca4", "resources.sites.key": "12411247188d96ba", "resources.tutorats.add.contrat": "a0103958c27b863d", "resources.tutorats.add.tuteur": "fd8c34c4f43711d1", "resources.tutorats.from": "bb91f663d28df6e3", "resources.tutorats.ignore": "58c46651428c61d2", "rules.vanished": "9a8930e39c677ba7", "transport.auth": "6ee3b7826d8ad79b", "transport.base_url": "4fe16ecd940ee79d", "transport.headers": "27f8745dd961a4b7", "transport.kind": "114abb2334c549cf", "transport.shape": "47d57b75de2c4d48", "zone": "5407681775e9213b"}, "nodes": {"all sessions": "0bb86d0a9b3a62c4"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "bf830ad096182c1f", "status": "sent"}, "student:90212": {"content": "fd3d8c98e98b95f0", "status": "sent"}, "student:90213": {"content": "b725c3e69a930b7f", "status": "sent"}, "student:90215": {"content": "eb4b960a758be433", "status": "sent"}}','2026-11-28 12:33:54.757327');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "0ea5deba03c24ca6", "status": "sent"}, "student:90212": {"content": "1aedde6553c2aaf1", "status": "sent"}, "student:90213": {"content": "bf830ad096182c1f", "status": "sent"}, "student:90215": {"content": "fd3d8c98e98b95f0", "status": "sent"}, "student:90217": {"content": "b725c3e69a930b7f", "status": "sent"}, "student:90218": {"content": "eb4b960a758be433", "status": "sent"}}','2026-11-28 12:33:55.364062');
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
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_web_session_user ON web_session (user);
CREATE INDEX ix_act_connector ON act (connector);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_web_mail_address ON web_mail (address);
CREATE INDEX ix_web_identity_user ON web_identity (user);
COMMIT;
