BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
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
INSERT INTO "event" VALUES(1,'68787be3bb1d4049a943ee67abed0214','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:154','no email');
INSERT INTO "event" VALUES(2,'68787be3bb1d4049a943ee67abed0214','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:95',NULL);
INSERT INTO "event" VALUES(3,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:186','is empty');
INSERT INTO "event" VALUES(4,'68787be3bb1d4049a943ee67abed0214','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:167','no email');
INSERT INTO "event" VALUES(5,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:186','professor 45: no email');
INSERT INTO "event" VALUES(6,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:183','is empty');
INSERT INTO "event" VALUES(7,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:184','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:184','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'68787be3bb1d4049a943ee67abed0214','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:167','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:186','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'68787be3bb1d4049a943ee67abed0214','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:187','none of 1 is valid');
INSERT INTO "event" VALUES(12,'68787be3bb1d4049a943ee67abed0214','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:105',NULL);
INSERT INTO "event" VALUES(13,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'68787be3bb1d4049a943ee67abed0214','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'658fa12a37bd4bec90568fd1389fd38c','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'658fa12a37bd4bec90568fd1389fd38c','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'658fa12a37bd4bec90568fd1389fd38c','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'658fa12a37bd4bec90568fd1389fd38c','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'658fa12a37bd4bec90568fd1389fd38c','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 25953 on vm','2026-11-28 12:31:47.365441');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'4814769e2d0cad6e9ac64ea24297b3144814769e2d0cad6e9ac64ea24297b314','{"last_name": "b1b54ab60d8b01f6", "first_name": "bd5f9cd49881a0c2", "email": "a8618a2fa1b04e4d"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'0a3aa9ebfc84ddb5edc8ed401ee4e07f0a3aa9ebfc84ddb5edc8ed401ee4e07f','{"last_name": "865d1cadeb4323bf", "first_name": "3fd6498c43a9a874", "email": "674b6294c4bcd895"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'a1bf7c25025eadcc24ba12471afc322ba1bf7c25025eadcc24ba12471afc322b','{"last_name": "a650a619ea9a3ab3", "first_name": "080794e9240d5820", "email": "894b20912514a6a2"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'8d3d53c2b1bc48eba1c3575a3b8575518d3d53c2b1bc48eba1c3575a3b857551','{"last_name": "d80aedc2ec8a272f", "first_name": "918e0a55c26ca5b2", "email": "519fd937b42b4908", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'ad849bb33c512923a7bdc53a2e9f6cdead849bb33c512923a7bdc53a2e9f6cde','{"last_name": "42498d1f50604613", "first_name": "7ef1225b759d2689", "email": "2ed65a5cc211ae46", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'8f343336eed58bce300ddf9e08c6d03c8f343336eed58bce300ddf9e08c6d03c','{"last_name": "4cc16ebf0091755b", "first_name": "53f00a85506394cf", "email": "6212478b8c242850", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'554880fce066021fe14a2e6b9b4763a5554880fce066021fe14a2e6b9b4763a5','{"last_name": "81c4a8a82eefeff4", "first_name": "bd5f9cd49881a0c2", "email": "412c012c4b42c402", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'6d8ea4df568a435c6e94e4f580f6cdbe6d8ea4df568a435c6e94e4f580f6cdbe','{"last_name": "6ef4fe079c765ec0", "first_name": "080794e9240d5820", "email": "0516ba227fc075db", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'f9eb952f29630f2edd5c35a43b062902f9eb952f29630f2edd5c35a43b062902','{"last_name": "6eb5694ca0ef86a0", "first_name": "b466c512db61f946", "email": "553c30842f4f6b90", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'2c7ee4dad35ca1ad04d72431337d27522c7ee4dad35ca1ad04d72431337d2752','{"last_name": "5fb5f0c82f71e49d", "first_name": "0c3de06268383bf7", "email": "17e8cc14a9990b30", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'335c6a243e838439a91ee4f0e66ab3c8335c6a243e838439a91ee4f0e66ab3c8','{"last_name": "2104d3d8430e141d", "first_name": "7315c30ecb2eb75c", "email": "d486dc9a476ff678", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'96f125434d1663f08086b0c512f02f6796f125434d1663f08086b0c512f02f67','{"last_name": "c469c506b701de33", "first_name": "31aeeb2ddbe1fead", "email": "e01c868cab8c6582", "externals": "52318283b809bef5"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'f3d17e80cd46f9dcf126e3ee39a31cf1f3d17e80cd46f9dcf126e3ee39a31cf1','{"name": "400bce882bb5d8b6", "students": "8e58252e6f5a9835"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'6b3b8f31d7a4ac3bae819321776ffbda6b3b8f31d7a4ac3bae819321776ffbda','{"name": "3348bae025c08496", "students": "f28302ffecd44207"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'3a4d1effe53b7e2a8af2914b0e2727cb3a4d1effe53b7e2a8af2914b0e2727cb','{"name": "7d3903d518567833", "students": "b112fd4a985e6bee"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'aad51b0d1b6ddd3a1998b124ec4a9fa4aad51b0d1b6ddd3a1998b124ec4a9fa4','{"name": "6dfb086ccc4b2286", "starts_at": "21999765b94cd100", "ends_at": "2953240da2faa4cb", "professors": "c67dd5758fc88531", "students": "8e58252e6f5a9835", "groups": "cb37202a96aa8581", "classroom": "46b80bb9d529689c"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'d58fb4d29e49e218b161df349bd07523d58fb4d29e49e218b161df349bd07523','{"name": "72599b907e8a35f5", "starts_at": "926b3f50f4e9f152", "ends_at": "0120f4cc888d79e8", "professors": "599697afaace00b0", "students": "95c8b0f614de88ea", "groups": "627b9d72c7421088", "classroom": "41bea3c094e55380"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'048d6b77b1be052e4fa4a9151ef64f34048d6b77b1be052e4fa4a9151ef64f34','{"name": "73f25b5fc7b1c53b", "starts_at": "58f7bd33f954f0a0", "ends_at": "c3ede2c88e7fec6d", "professors": "c67dd5758fc88531", "students": "8e58252e6f5a9835", "groups": "cb37202a96aa8581", "classroom": "46b80bb9d529689c"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'085edc2d98481b33a6a4d8f03cbb2f92085edc2d98481b33a6a4d8f03cbb2f92','{"name": "a84ccb6dc9d9c898", "starts_at": "f367406e0852dc92", "ends_at": "9113c09d9250a642", "professors": "5528e2f9553cf861", "students": "f28302ffecd44207", "groups": "2c78ca04cfbcfbb9", "classroom": "66705fd2fc5f90f1"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'81ea731dd0e3aab98a4cbbdcc7dcb14b81ea731dd0e3aab98a4cbbdcc7dcb14b','{"name": "4a6087e0c7b7644e", "starts_at": "078f3ad1bb4f004b", "ends_at": "9927c3d76a367e98", "professors": "d8077054228b9818", "students": "f28302ffecd44207", "groups": "2c78ca04cfbcfbb9", "classroom": "46b80bb9d529689c"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'88179479fdc15d75002bd5576c64552a88179479fdc15d75002bd5576c64552a','{"name": "aa5dad89eee81eaa", "starts_at": "54a765e77660d053", "ends_at": "7ba225981de59d17", "professors": "599697afaace00b0", "students": "b112fd4a985e6bee", "groups": "83f3eba4281c70c1", "classroom": "46b80bb9d529689c"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('68787be3bb1d4049a943ee67abed0214','school','down','2026-11-28 12:31:42.514023','2026-11-28 12:31:47.105712','success','f61e7214145f','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null}');
INSERT INTO "run" VALUES('658fa12a37bd4bec90568fd1389fd38c','school','up','2026-11-28 12:31:47.422949','2026-11-28 12:31:49.907245','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','d73d03d4a7cbccc18a97e5662c00b71d');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "913abbc163d2b63f", "entities.course.from": "2191b2b63c2311c2", "entities.course.source_id": "e6251fd3684d01c9", "filters.siteCodes": "323cb6bb43b55487", "formats.clock": "a06bf39f22010bd0", "formats.dashed": "9ce8d7398abf2175", "formats.day": "0317bb1e78d06977", "formats.minutes": "4a61fbd547e827d8", "resources.absences.get": "d841447c5b2b7dba", "resources.absences.key": "67d860b5ab626951", "resources.apprenants.get": "a078bf402d4a3abf", "resources.apprenants.key": "91128664d2688699", "resources.apprenants.query": "c3a0c6667e74ae1c", "resources.comptes.get": "d2adc1fa2c67abf0", "resources.comptes.key": "4d115c719400ce09", "resources.contacts.for_each": "cfe7f95cea97c19c", "resources.contacts.get": "1d9c8a52e5429bb2", "resources.contrats.as.dateDebContrat": "8804bc7e689b59d6", "resources.contrats.get": "d568c726df441678", "resources.contrats.ignore": "305982284e74825e", "resources.contrats.key": "54067de925077eba", "resources.contrats.query": "96150963eed06d92", "resources.contrats.when": "3bf3872474eb3520", "resources.formateurs.get": "3ae8aff0e5e981cd", "resources.formateurs.key": "6ba61c00d7894f99", "resources.groupes.filter_by.siteCodes": "87c79f162fbad0a1", "resources.groupes.get": "4eed3ae3abbe33f9", "resources.groupes.ignore": "790b292b1e364846", "resources.groupes.key": "89f09cfe8e05b207", "resources.groupes.query": "d8d2c57d0f8aee62", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "24f52017282b11a0", "resources.inscrits.from": "0e82fa98ee9382cd", "resources.inscrits.ignore": "b158bda678c77052", "resources.inscrits.items": "3afe5b307eba0d33", "resources.inscrits.key": "17390c026fed38b0", "resources.motifs.get": "d98179c205b26c50", "resources.motifs.key": "514482837b9051e5", "resources.periode.as.dateDeb": "9c174238d943b16f", "resources.periode.as.dateFin": "d2885a2066412ff5", "resources.periode.get": "d4f2cd138fbbab41", "resources.periode.ignore": "a4c94df29f864a71", "resources.periode.key": "7d3904c4005358f3", "resources.periode.single": "c64e6211a0fdda84", "resources.planning.as.date": "d34139c3fbd1bb73", "resources.planning.as.heureDebut": "a09add93cf565348", "resources.planning.as.heureFin": "b2faac30b31c6049", "resources.planning.for_each": "06faf383000a1e5f", "resources.planning.get": "bdf1e47d2ef3314a", "resources.planning.items": "5e5053f31217f34c", "resources.planning.key": "79304d25368dece4", "resources.planning.same_key": "208f91d33cb509bd", "resources.salles.get": "a25fc406ae1ebc03", "resources.salles.key": "2f537a265f963087", "resources.sites.get": "988ec19501d4f326", "resources.sites.key": "a79355778f36a88a", "resources.tutorats.add.contrat": "9cff0745f34d5faf", "resources.tutorats.add.tuteur": "24231602fd1ee66c", "resources.tutorats.from": "eb6ff3e83c6b6370", "resources.tutorats.ignore": "ccbb45028a982aa1", "rules.vanished": "32882aa06de78a23", "transport.auth": "167aeda378c761d6", "transport.base_url": "a789040825c1ae68", "transport.headers": "4b91ed07ffff0f8c", "transport.kind": "ce1009b184ea2b91", "transport.shape": "e442b3733280474e", "zone": "1a5b13dc7eceb240"}, "nodes": {"all sessions": "77edfe12bb4ccceb"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "4c9401833b222958", "status": "sent"}, "student:90212": {"content": "709b6b289df90025", "status": "sent"}, "student:90213": {"content": "28acf6bcbd091838", "status": "sent"}, "student:90215": {"content": "e8dc1a5b26431cb0", "status": "sent"}}','2026-11-28 12:31:48.908213');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "4d3989405d7e6b6c", "status": "sent"}, "student:90212": {"content": "7ac07f2cd2eacab7", "status": "sent"}, "student:90213": {"content": "4c9401833b222958", "status": "sent"}, "student:90215": {"content": "709b6b289df90025", "status": "sent"}, "student:90217": {"content": "28acf6bcbd091838", "status": "sent"}, "student:90218": {"content": "e8dc1a5b26431cb0", "status": "sent"}}','2026-11-28 12:31:49.842266');
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
CREATE INDEX ix_slot_state ON slot (state, again_at);
COMMIT;
