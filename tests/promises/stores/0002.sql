BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "event" VALUES(1,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:171','no email');
INSERT INTO "event" VALUES(2,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:105',NULL);
INSERT INTO "event" VALUES(3,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:205','is empty');
INSERT INTO "event" VALUES(4,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:181','no email');
INSERT INTO "event" VALUES(5,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:205','professor 45: no email');
INSERT INTO "event" VALUES(6,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:202','is empty');
INSERT INTO "event" VALUES(7,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:203','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:203','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:181','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:205','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:206','none of 1 is valid');
INSERT INTO "event" VALUES(12,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:127',NULL);
INSERT INTO "event" VALUES(13,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'6a0e43a79b9d471bb852afba8592e115','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'bbd60d204cb64889acf12709daf70a0e','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'bbd60d204cb64889acf12709daf70a0e','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'bbd60d204cb64889acf12709daf70a0e','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'bbd60d204cb64889acf12709daf70a0e','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'4 lines');
INSERT INTO "event" VALUES(38,'bbd60d204cb64889acf12709daf70a0e','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'6 lines');
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
INSERT INTO "lease" VALUES('school',2,'process 16629 on vm','2026-11-28 12:30:07.613502');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'83dec0eea2305d34ddcd7a09cd76e076','{"last_name": "beeee0535f46839a", "first_name": "27305f61350ddd3e", "email": "813e1857665f1bce"}','[]',NULL,'{}','2026-11-28 12:30:03.422226');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'99855bbfc5cb48509dcd63fdd05a2074','{"last_name": "c477f8b685f18987", "first_name": "d12238c20994312b", "email": "cf9b03b68e7ef21c"}','[]',NULL,'{}','2026-11-28 12:30:03.532793');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'27282f830a3e9e9d33ac4746588147c6','{"last_name": "fc539e1d45646ba2", "first_name": "e5e9c4d70d4e688a", "email": "43c7573c511f8348"}','[]',NULL,'{}','2026-11-28 12:30:03.735253');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'bd3db4327a5364127336bd21e742db61','{"last_name": "607315a052f8e1f5", "first_name": "9700c442736a6361", "email": "8cb68f698a1e1776", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:03.789416');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'a9c680f949396b739682155509c91d04','{"last_name": "f9fdccb3f81cb800", "first_name": "ac19cf24d385ce21", "email": "0adb61ee450918d5", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:04.092353');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'53127cf7ab0ed8ae97e3aaa81017a8b6','{"last_name": "9836a1aa074b04c3", "first_name": "c585b08e6c372428", "email": "994e927053f721e3", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:04.216762');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'6366bc338d8e77f15dee2010019ba2ab','{"last_name": "a46125ae596dd822", "first_name": "27305f61350ddd3e", "email": "2956dcf0f79223f2", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:04.297177');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'b18b1648e44dc31f380dc6785cddad64','{"last_name": "d42f1da41c2111c6", "first_name": "e5e9c4d70d4e688a", "email": "3a17da0a8b033178", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:04.543244');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'21fe7f448737efb489a09e637c058df4','{"last_name": "61a1ad9ce2c32818", "first_name": "45ebbf4c35ac568a", "email": "e4eb594417ee3c1a", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:04.826678');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'e785f434688b417ea50085c8ba319cec','{"last_name": "6e1c54d0256018ea", "first_name": "af5ed3050303940e", "email": "41d022989049fa1f", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:04.926327');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'8f7304e66b1266ac15f1ebb67fc1e7ae','{"last_name": "93b49fb60eb83d64", "first_name": "3cae424b43cc91d5", "email": "e0986b630820c6e2", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:05.257509');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'16003f76ab910600b5bad70914a62aa1','{"last_name": "d4b09e93aaae68bd", "first_name": "dd3f5468751d7aae", "email": "859fedca0775280f", "externals": "a28d5f4bad9186e4"}','[]',NULL,'{}','2026-11-28 12:30:05.342429');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'a78c88f0aac822421af432bbd5082734','{"name": "a3da44f53a84bdcf", "students": "c6f0335734b3926d"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-11-28 12:30:05.440456');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'02ac854df31b35ec85d20966f7c99f8a','{"name": "e904f32abe6d9eb5", "students": "ddd5ea68d3018f2c"}','["90217", "90218"]',NULL,'{}','2026-11-28 12:30:05.499058');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'430ec9252dc4946224d510fee0111283','{"name": "fabd23863271d8dc", "students": "d94a64acb90cab48"}','["90219", "90220", "90221"]',NULL,'{}','2026-11-28 12:30:05.771550');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'afaed42e95d5b8eefc964c9c4cc894b9','{"name": "0d6cf85d19ad6beb", "starts_at": "05e6037d07868e09", "ends_at": "a7e9380768e8fac1", "professors": "f574a75dd8c8be90", "students": "c6f0335734b3926d", "groups": "57c3e07cb899647d", "classroom": "821706f811243ed5"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-11-28 12:30:05.935924');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'7661780b05d17a74db393d7ed725361a','{"name": "acd5a1ffc4734744", "starts_at": "4cbc96f68407ca24", "ends_at": "0882b4ebbc5b6781", "professors": "6e7fea0b021f52c4", "students": "eb3d7c298bbd4011", "groups": "e1d67da94c029183", "classroom": "89f91ab49c0f3a97"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-11-28 12:30:06.070000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'2f4b58c9e3ee2b2798078471fa8e6b9f','{"name": "492517625b9fa2c1", "starts_at": "351387fc06bfaeaf", "ends_at": "4e28e27a957af133", "professors": "f574a75dd8c8be90", "students": "c6f0335734b3926d", "groups": "57c3e07cb899647d", "classroom": "821706f811243ed5"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-11-28 12:30:06.405802');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'7cef6d59f6e0e1a4ef0ce1e2b3ab5658','{"name": "85f6b85c3d740816", "starts_at": "e2922a959b5e2ae4", "ends_at": "1cb87c1085c080dc", "professors": "eb9d620591a472cd", "students": "ddd5ea68d3018f2c", "groups": "5508450df8a9813e", "classroom": "1b2b773202397643"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-11-28 12:30:06.526550');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'223c41e4459519fa4297982c41123257','{"name": "bc506e0d322485f9", "starts_at": "890cc2e295d98041", "ends_at": "1aa0622926abcf3d", "professors": "7ad638e280616278", "students": "ddd5ea68d3018f2c", "groups": "5508450df8a9813e", "classroom": "821706f811243ed5"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-11-28 12:30:06.640723');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'0666ed3247712df52df1acdcaf3ff55c','{"name": "b052fe9f7ae704a6", "starts_at": "3855b6bc1f1ac06d", "ends_at": "fe15713ee4866810", "professors": "6e7fea0b021f52c4", "students": "d94a64acb90cab48", "groups": "46b8160cfc52a91f", "classroom": "821706f811243ed5"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-11-28 12:30:06.927979');
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
INSERT INTO "run" VALUES('6a0e43a79b9d471bb852afba8592e115','school','down','2026-11-28 12:30:00.790429','2026-11-28 12:30:07.104031','success','884fb7626f40','{"lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}}');
INSERT INTO "run" VALUES('bbd60d204cb64889acf12709daf70a0e','school','up','2026-11-28 12:30:07.646915','2026-11-28 12:30:09.359179','success',NULL,'{"looked_at": "2026-03-17T20:30:00+01:00"}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','b4a16b2bf0d374b7f1ca577c43c5c5d5');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "87708ab170a0a632", "status": "sent"}, "student:90212": {"content": "a3f42ba10b5fae1d", "status": "sent"}, "student:90213": {"content": "1a54f733d83bca32", "status": "sent"}, "student:90215": {"content": "12e8300ff78b7c3b", "status": "sent"}}','2026-11-28 12:30:08.727787');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "69188994246b32a4", "status": "sent"}, "student:90212": {"content": "39daa365af3970fe", "status": "sent"}, "student:90213": {"content": "87708ab170a0a632", "status": "sent"}, "student:90215": {"content": "a3f42ba10b5fae1d", "status": "sent"}, "student:90217": {"content": "1a54f733d83bca32", "status": "sent"}, "student:90218": {"content": "12e8300ff78b7c3b", "status": "sent"}}','2026-11-28 12:30:09.098350');
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
COMMIT;
