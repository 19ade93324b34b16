BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
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
INSERT INTO "event" VALUES(1,'d939be7cad914a9382070d13a096ab6f','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:162','no email');
INSERT INTO "event" VALUES(2,'d939be7cad914a9382070d13a096ab6f','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:103',NULL);
INSERT INTO "event" VALUES(3,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(4,'d939be7cad914a9382070d13a096ab6f','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:175','no email');
INSERT INTO "event" VALUES(5,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:194','professor 45: no email');
INSERT INTO "event" VALUES(6,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:191','is empty');
INSERT INTO "event" VALUES(7,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:192','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:192','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'d939be7cad914a9382070d13a096ab6f','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:175','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:194','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'d939be7cad914a9382070d13a096ab6f','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:195','none of 1 is valid');
INSERT INTO "event" VALUES(12,'d939be7cad914a9382070d13a096ab6f','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:113',NULL);
INSERT INTO "event" VALUES(13,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'d939be7cad914a9382070d13a096ab6f','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'8a95ba0676ef49319a19026b18fc4820','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'8a95ba0676ef49319a19026b18fc4820','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'8a95ba0676ef49319a19026b18fc4820','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'8a95ba0676ef49319a19026b18fc4820','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'8a95ba0676ef49319a19026b18fc4820','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 28200 on vm','2026-11-28 12:32:10.523658');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'776c91f38d5bb00f61d256ac55b7d10e776c91f38d5bb00f61d256ac55b7d10e','{"last_name": "d097e012b0d88f7f", "first_name": "56fc7f1f984117c4", "email": "8f4efb7229c13cdd"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'63697068e2ebc0ed225e366d3d9e6b7c63697068e2ebc0ed225e366d3d9e6b7c','{"last_name": "e545333029ef5d8a", "first_name": "282c4e410b67bde9", "email": "8941bd1ed3d84595"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'24212c4a96773740a03c6b60cb2514de24212c4a96773740a03c6b60cb2514de','{"last_name": "41474d32398e44b5", "first_name": "cb930b6c6db1054f", "email": "2836bed63527117f"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'667ea940c13a0731ade3ce51b30e07f7667ea940c13a0731ade3ce51b30e07f7','{"last_name": "7489d1648ddadc11", "first_name": "81c48e7664e1c64f", "email": "783e7596777dd072", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'387b6ec83130866c11e23444aa52b1d5387b6ec83130866c11e23444aa52b1d5','{"last_name": "5316de85d049ea3c", "first_name": "03db44429bd868d1", "email": "815d7860e6be7241", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'957af96097783f51e2cca7f83d2e571a957af96097783f51e2cca7f83d2e571a','{"last_name": "3f493430a3a2fb60", "first_name": "859853a4c9356cb9", "email": "c6d7e96e112388a1", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'925c38bfe3004454fe17e902f6658c3d925c38bfe3004454fe17e902f6658c3d','{"last_name": "bb86ddeaa6f7cd6a", "first_name": "56fc7f1f984117c4", "email": "040011351146e47b", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'4f0ce3b5c8e6c9a2600af379ff20f60e4f0ce3b5c8e6c9a2600af379ff20f60e','{"last_name": "ccd6d19a176f5e53", "first_name": "cb930b6c6db1054f", "email": "a42231caeff08aab", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'68ca245792eca0901987757bee625f1a68ca245792eca0901987757bee625f1a','{"last_name": "83dce0347e388046", "first_name": "0e1fda4fc414fdee", "email": "4531e74352564289", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'6068edb037e39826892c0d5ab368d42e6068edb037e39826892c0d5ab368d42e','{"last_name": "8c997bafd7fdf231", "first_name": "cd2e662bf1662fe5", "email": "75194af06e9d3653", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'975588df5de838af15171bb752186a93975588df5de838af15171bb752186a93','{"last_name": "659830d09838e20f", "first_name": "30b2be4d4a156958", "email": "fffda3a287e9cbc1", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'58e08051063bbf8bab4a94a702d29cf258e08051063bbf8bab4a94a702d29cf2','{"last_name": "1f687e6b3a52fbad", "first_name": "d5a08e7fe122bdb4", "email": "18f0ef7d46db4c13", "externals": "6c3b05383ecd41c9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'e368525900547e86dd4e2ab16b119e72e368525900547e86dd4e2ab16b119e72','{"name": "2c56d0adea60df0e", "students": "c40c7e746db22807"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'96d7c0fbfc8d054f0879748b247a758696d7c0fbfc8d054f0879748b247a7586','{"name": "afc76a496a8a022a", "students": "0be63a8b48d21f76"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'6dcf6bd7829adc87232491ee186d9c736dcf6bd7829adc87232491ee186d9c73','{"name": "7aad242061c1f3a0", "students": "9ce8c9cb065f5a76"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'481eadb2766c5eac3ade9687bbca3dd3481eadb2766c5eac3ade9687bbca3dd3','{"name": "240e88ac95f57a5f", "starts_at": "17ef9ea9e524f552", "ends_at": "8f299789f171331a", "professors": "3f5ae46d34e326d3", "students": "c40c7e746db22807", "groups": "a554bdbdc674fb7b", "classroom": "3f278e89bb14be0b"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'a951e45fa1de0b6352ae81ceb7b25a67a951e45fa1de0b6352ae81ceb7b25a67','{"name": "d2269b4a11bd0df7", "starts_at": "e9d6b18bacdf332c", "ends_at": "2971a9c1fd979314", "professors": "d9fffab12bd5f734", "students": "ab54510ea75aaad8", "groups": "cf31217836410705", "classroom": "074096907bac5a81"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'df0c49885c8fba3314ee90cd37f2e58bdf0c49885c8fba3314ee90cd37f2e58b','{"name": "aca42648600a437c", "starts_at": "1dc481111b14817c", "ends_at": "9e05f26367d44bf9", "professors": "3f5ae46d34e326d3", "students": "c40c7e746db22807", "groups": "a554bdbdc674fb7b", "classroom": "3f278e89bb14be0b"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'bc12ae51d60095d95990ba8c3899813ebc12ae51d60095d95990ba8c3899813e','{"name": "573d403bc520ebcf", "starts_at": "9718d6ae56e62834", "ends_at": "184d26950e43af71", "professors": "7c2c879ebb970434", "students": "0be63a8b48d21f76", "groups": "664a23b5535bcdb4", "classroom": "fc788969949ce0f0"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'ebb7cf0667ffea8c5607c29fe52b43d7ebb7cf0667ffea8c5607c29fe52b43d7','{"name": "0509d9bfbf6fee92", "starts_at": "eb0ec02e5ba925ec", "ends_at": "ff4bd809e18bdcf7", "professors": "5f5c964845710e3d", "students": "0be63a8b48d21f76", "groups": "664a23b5535bcdb4", "classroom": "3f278e89bb14be0b"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'b86824474bc4ca980c4b9706c932fba5b86824474bc4ca980c4b9706c932fba5','{"name": "71cb09ad28c9f424", "starts_at": "7d91f28a925002e8", "ends_at": "b7f936cfd7cb91b9", "professors": "d9fffab12bd5f734", "students": "9ce8c9cb065f5a76", "groups": "db6592f18ad425d4", "classroom": "3f278e89bb14be0b"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('d939be7cad914a9382070d13a096ab6f','school','down','2026-11-28 12:32:05.200091','2026-11-28 12:32:10.302156','success','fea575fd5637','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null}');
INSERT INTO "run" VALUES('8a95ba0676ef49319a19026b18fc4820','school','up','2026-11-28 12:32:10.577412','2026-11-28 12:32:11.470446','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','f5351929a17797afbf3b59440660e1c8');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "50bb5ada2da71fd6", "entities.course.from": "609ff9d38e5ce08b", "entities.course.source_id": "9510ddb3f3c0bd11", "filters.siteCodes": "97dc4c6aeaa6afd8", "formats.clock": "870dd299ec800088", "formats.dashed": "2b7f30bcce97b37b", "formats.day": "b263947d0cd80e13", "formats.minutes": "1e3e72f7c7de6d20", "resources.absences.get": "3565100472abb766", "resources.absences.key": "61b468435c0325c4", "resources.apprenants.get": "af4df4102f2fe40d", "resources.apprenants.key": "d14518a67ce5a52a", "resources.apprenants.query": "288521ecf2fe3424", "resources.comptes.get": "50cec43cef67bf17", "resources.comptes.key": "02808dc8aa5c60f3", "resources.contacts.for_each": "26324eaf3994cc34", "resources.contacts.get": "3de0acd9459e2cf6", "resources.contrats.as.dateDebContrat": "d6f55e32a25c1a77", "resources.contrats.get": "075f4acf45ca7ba7", "resources.contrats.ignore": "86b152e2b096e871", "resources.contrats.key": "7fa900dc60c40689", "resources.contrats.query": "489af75b5cd9b0f1", "resources.contrats.when": "9b86d4655c7af5b8", "resources.formateurs.get": "9a29d2da7d9380c0", "resources.formateurs.key": "efc5b1ad613f0c1a", "resources.groupes.filter_by.siteCodes": "fe1135c7fee1fe03", "resources.groupes.get": "2abf0cb5cf83a66d", "resources.groupes.ignore": "32503fed5d607d3d", "resources.groupes.key": "66c3cd631e3b706d", "resources.groupes.query": "b8a049b914138d78", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "a94ffe691cfc99fe", "resources.inscrits.from": "1e3fc647952fc6cf", "resources.inscrits.ignore": "e9ab1b80dc725b97", "resources.inscrits.items": "467e716186f6bedf", "resources.inscrits.key": "b1fd914b442b9e6c", "resources.motifs.get": "a0b0d30e9b6c0b72", "resources.motifs.key": "c3c86f876fcb3062", "resources.periode.as.dateDeb": "6779d68d7a901b98", "resources.periode.as.dateFin": "651021581de18dc9", "resources.periode.get": "2d311f7fd735bc42", "resources.periode.ignore": "81eca54e4e8e0a12", "resources.periode.key": "105fa619c2524969", "resources.periode.single": "0335e84fa1e7af0a", "resources.planning.as.date": "1b2c090447ed32cf", "resources.planning.as.heureDebut": "38e894c560421151", "resources.planning.as.heureFin": "8598b4be970bbc6d", "resources.planning.for_each": "5aece0f5ec41f5ae", "resources.planning.get": "60137e734c764e86", "resources.planning.items": "89fb6c66f1a96a91", "resources.planning.key": "40bca72a324dd236", "resources.planning.same_key": "d6beefbc868f6a3c", "resources.salles.get": "87d0088cdb6f42f2", "resources.salles.key": "dc8b37e6cb84f594", "resources.sites.get": "1201603d9da4fd70", "resources.sites.key": "14c63e84b1626b64", "resources.tutorats.add.contrat": "ea3f41320e5929e1", "resources.tutorats.add.tuteur": "2da2c804f1126463", "resources.tutorats.from": "bf183c29fc13599b", "resources.tutorats.ignore": "ef6799b9a0c82d8c", "rules.vanished": "3cca8c966c6c29d0", "transport.auth": "eb00306c1980285e", "transport.base_url": "a5cc67f168366e5a", "transport.headers": "5fbeda3422c1f453", "transport.kind": "5df1c40e93dd42ad", "transport.shape": "0525c0d7d0600e47", "zone": "373238fcea5f9290"}, "nodes": {"all sessions": "70cf38a1a71358f6"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "6afbf618f0cc4889", "status": "sent"}, "student:90212": {"content": "e32e733e72dd607e", "status": "sent"}, "student:90213": {"content": "d1b0c5a2b5d1b01c", "status": "sent"}, "student:90215": {"content": "08c774dde125cb4a", "status": "sent"}}','2026-11-28 12:32:11.159025');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "eec29ef2ce986d13", "status": "sent"}, "student:90212": {"content": "c4dab628b5f37fb9", "status": "sent"}, "student:90213": {"content": "6afbf618f0cc4889", "status": "sent"}, "student:90215": {"content": "e32e733e72dd607e", "status": "sent"}, "student:90217": {"content": "d1b0c5a2b5d1b01c", "status": "sent"}, "student:90218": {"content": "08c774dde125cb4a", "status": "sent"}}','2026-11-28 12:32:11.449265');
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
