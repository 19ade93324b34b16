BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "event" VALUES(1,'1b49397299094267b05ae67cfa1bb442','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:157','no email');
INSERT INTO "event" VALUES(2,'1b49397299094267b05ae67cfa1bb442','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:104',NULL);
INSERT INTO "event" VALUES(3,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:191','is empty');
INSERT INTO "event" VALUES(4,'1b49397299094267b05ae67cfa1bb442','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:167','no email');
INSERT INTO "event" VALUES(5,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:191','professor 45: no email');
INSERT INTO "event" VALUES(6,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:188','is empty');
INSERT INTO "event" VALUES(7,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:189','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:189','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'1b49397299094267b05ae67cfa1bb442','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:167','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:191','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'1b49397299094267b05ae67cfa1bb442','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:192','none of 1 is valid');
INSERT INTO "event" VALUES(12,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(13,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'1b49397299094267b05ae67cfa1bb442','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
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
INSERT INTO "lease" VALUES('school',1,'process 14763 on vm','2026-11-28 12:29:39.776801');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'f7af44c7c5716db4e591dc7d976f978e','{"last_name": "3000101e5c291c7b", "first_name": "b7dfa5374f7b6699", "email": "b895135001d13c9b"}','[]',NULL,'{}','2026-11-28 12:29:43.294140');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'d76799749e3fb232a02bd1d541898dbb','{"last_name": "972642ba45d8cfe0", "first_name": "dbc31605c4dd77cd", "email": "3c36204246f3e1ae"}','[]',NULL,'{}','2026-11-28 12:29:43.661040');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'3c8f5d311cce2cf2e617288a3a3abaaf','{"last_name": "e06492c4e1ea9fd1", "first_name": "2c64b44ab06ef197", "email": "b9c2af20395b1eda"}','[]',NULL,'{}','2026-11-28 12:29:43.819859');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'d103b64f42ef4e1bf8ce2a72478e1f55','{"last_name": "a95ba45f19987d60", "first_name": "4386baa137976ed4", "email": "00806bc3979ddecd", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:43.940807');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'e4a4338be262403b5b14f5f9a8c2abdd','{"last_name": "84d09f06d90b336d", "first_name": "b3ca80e4f50f2ec1", "email": "40ea2d31fa1160c5", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.046778');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'8498ae6d1987845a120b18a717a2eb2e','{"last_name": "344e9bbf0eaf2e5b", "first_name": "f9eae46ae35699ba", "email": "fe0331e10c33a292", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.154667');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'e85893f817246505b73ffee8edb29bff','{"last_name": "994070c271f5ebcb", "first_name": "b7dfa5374f7b6699", "email": "e0d120cca9fdb619", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.287174');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'0d0b8e643dae36e0f3dd8b06e23df21c','{"last_name": "62ac901a308d1711", "first_name": "2c64b44ab06ef197", "email": "43d1e18c2cb8c096", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.431951');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'eed05a0ea9b5e309dd09700418de1bfc','{"last_name": "6c0000c1eb18f771", "first_name": "5a89312cf4604332", "email": "283a608adf238702", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.480077');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'bccb73b3a6e73d5f596cf3423de35bae','{"last_name": "1c45b5d2647d5648", "first_name": "c29e42c8ff5c018c", "email": "1d84a83361e1a0c2", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.566525');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'f6fa898fcee7a4272870e26046efc026','{"last_name": "fc5ace3d893716bf", "first_name": "4a2f691daf27492e", "email": "a1fb751876c3a4ba", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.634681');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'437286da78c45ff18236839180d07ade','{"last_name": "f91ff493c76b69fd", "first_name": "128b9fd196208eac", "email": "6e9253198c3979db", "externals": "7dab54a0453420cc"}','[]',NULL,'{}','2026-11-28 12:29:44.699770');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'21b804d1de154763a03a5788cd77bd37','{"name": "b0a7a6a310899ba7", "students": "2259be75442329ef"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-11-28 12:29:44.848711');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'039e897e3a9488a5ebbbbf4568a5e8b7','{"name": "b6cf7a6cc1ec9c9d", "students": "f5a26be1eb8cb6d9"}','["90217", "90218"]',NULL,'{}','2026-11-28 12:29:44.963405');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'58fc66252a72d53c754a18e347101fb1','{"name": "ef4cc8b33bbe8750", "students": "0c9bab2e544947a9"}','["90219", "90220", "90221"]',NULL,'{}','2026-11-28 12:29:45.080621');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'a0bcf0ec46bf6ccd262669946f6c5697','{"name": "214c7768ca6b0bef", "starts_at": "c9c52827f746b425", "ends_at": "c5ef7522354b9159", "professors": "b240497ff23b284d", "students": "2259be75442329ef", "groups": "7a233d1ec4336bef", "classroom": "b4697c0d1cf402c0"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-11-28 12:29:45.257206');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'ead29fa71dd80a95ef811feb92e1afa7','{"name": "86b1e828261d95e8", "starts_at": "1c097f19dc9b6323", "ends_at": "1a1b9cd8097821b0", "professors": "7e474e82b0ea72af", "students": "5523ab9346f42462", "groups": "b1e2875a83469a43", "classroom": "72600ccd2c7824ed"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-11-28 12:29:45.393683');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'8abfaa3395be8f5db14ff3ed5f58ce0a','{"name": "d0f81223ef47ed3e", "starts_at": "c3725ea1095d2e44", "ends_at": "a0db31675a8936be", "professors": "b240497ff23b284d", "students": "2259be75442329ef", "groups": "7a233d1ec4336bef", "classroom": "b4697c0d1cf402c0"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-11-28 12:29:45.509180');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'03e295cedaa171c197dccdd88d24e7c8','{"name": "9248b48acc9dc9b6", "starts_at": "fbc5944cd369b053", "ends_at": "4320a7a9d5dd977d", "professors": "8052b80e10ddc6cf", "students": "f5a26be1eb8cb6d9", "groups": "da52b62e8ca97396", "classroom": "12e0ad2c49e5aa1a"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-11-28 12:29:45.629570');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'bc037dbe2a9c618c08f45552db6d9224','{"name": "1e60fba745abd829", "starts_at": "e431700245495871", "ends_at": "eb6d59f53fd27eef", "professors": "2781d68d617ea1db", "students": "f5a26be1eb8cb6d9", "groups": "da52b62e8ca97396", "classroom": "b4697c0d1cf402c0"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-11-28 12:29:45.860920');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'b7161828a0bc086288bfd09680d61a0f','{"name": "43407aed686b980e", "starts_at": "206579c12965e1f0", "ends_at": "d03ec9a2c6bd5a1e", "professors": "7e474e82b0ea72af", "students": "0c9bab2e544947a9", "groups": "6d82afac210a0527", "classroom": "b4697c0d1cf402c0"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-11-28 12:29:46.036869');
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
INSERT INTO "run" VALUES('1b49397299094267b05ae67cfa1bb442','school','down','2026-11-28 12:29:39.844380','2026-11-28 12:29:46.075118','success','cf8d992e15f8','{"lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','90e1173688c06c28e9e6336b56904c99');
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_intent_connector ON intent (connector);
COMMIT;
