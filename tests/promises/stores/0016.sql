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
INSERT INTO "alembic_version" VALUES('0016');
CREATE TABLE apart (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	edusign_id VARCHAR(64) NOT NULL, 
	api_type VARCHAR(128) NOT NULL, 
	CONSTRAINT pk_apart PRIMARY KEY (connector, account, kind, source_id, edusign_id)
);
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["4d30a4a790ee69aa","88e51fe7241bdeda","b3bfe872a968c90a"],null],"43":[["038e4cd569b20d2c","086f40db2255ee03","0cd3fb75dd7cc7ce","2c8418a3ab5204c3"],null],"44":[["03522b3d3a8476c7","0d51b666253345e7","956e58d0316c4211"],null],"45":[["8efa82bd6414f52e","ea7c3909ce055850"],null],"46":[["03522b3d3a8476c7","4054aa01194da98e","6bedb80c0cafb74e"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["618abd5a5d64acbd","c6410ac62a017454","d6f3ddd09e0ebb81","f753725b6fe09480"],null],"90212":[["8c2d037ec21c8417","94c7ef008a3e5528","c819a5d137f0ae8d"],null],"90213":[["1525dd5c200ea1f1","5a45e1d78957257e","9c5d01d60a7401ac"],null],"90214":[["d86cf0d2af3c2ea9","d9293248cd5efd97"],null],"90215":[["1adbd9a0264e6ef9","233a22fa6e5cd4af","b3bfe872a968c90a"],null],"90217":[["038e4cd569b20d2c","956e58d0316c4211","ea4c8c1c80d74867"],null],"90218":[["0d51b666253345e7","8efa82bd6414f52e","c9c8ddcafe707c14"],null],"90219":[["3df76f613edeea42","4054aa01194da98e","ea7c3909ce055850"],null],"90220":[["6bedb80c0cafb74e","d7cb2c1798b7b14f","e11198031e5dc4ad"],null],"90221":[["0603654f554b4936","28b4ee96f24a20e9","579fa270e3d6163e"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["1a19ff8924c01eee","5a10a7499930c668","8e15aab573431344","b40d8d9d79588cdd"],null],"1202":[["1a19ff8924c01eee","5a10a7499930c668","6eb63b5895ef761d","8e15aab573431344"],null],"1203":[["1e737c60678c4445","c07848e1e3768e30"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["1a19ff8924c01eee"],"2026-03-17T07:30:00+00:00"],"7712002":[["47721fa3082c8a23"],"2026-03-17T12:30:00+00:00"],"7712003":[["2d696a3cdd00f2a3"],"2026-03-18T07:30:00+00:00"],"7712004":[["550f8c4e43c83773"],"2026-03-19T08:00:00+00:00"],"7712005":[["994de57d051d66ab"],"2026-03-20T07:30:00+00:00"],"7712006":[["0842a267c2108346"],"2026-03-20T12:30:00+00:00"],"7712007":[["8785551b50633c55"],"2026-03-21T07:30:00+00:00"],"7712008":[["08d1fe714325875d"],"2026-03-21T12:30:00+00:00"],"7712009":[["62b3c848e77f22a0"],"2026-03-22T12:30:00+00:00"],"7712011":[["c27dab9a00fa42f4"],"2026-03-23T07:30:00+00:00"],"7712013":[["343c2baa61fe04ad","4cb0fd5e3e655c7d"],"2026-03-16T07:30:00+00:00"],"7712014":[["5999148d4be01738"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'eed87d8e5b154ec6a6f7587c3c19c5a3','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'26fe46b2f10b4baba07193f5e6f57569','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'26fe46b2f10b4baba07193f5e6f57569','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'26fe46b2f10b4baba07193f5e6f57569','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'26fe46b2f10b4baba07193f5e6f57569','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'26fe46b2f10b4baba07193f5e6f57569','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 2123 on vm','2026-11-28 20:31:17.507597');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'ba36d7b9f99242bdc78ffb8595ef7683ba36d7b9f99242bdc78ffb8595ef7683','{"last_name": "d5b121e5b6e69749", "first_name": "cbf2a547d4992bbe", "email": "97f4dfd4ce81f747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'073c9dcc8dfac334b12a2cfe5738f8f5073c9dcc8dfac334b12a2cfe5738f8f5','{"last_name": "ae9de859f6be5c9a", "first_name": "043a7c347062f070", "email": "5f015d612bd9d8f4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'adae2865e3562a4defe462e87bebeb6cadae2865e3562a4defe462e87bebeb6c','{"last_name": "9e34094503ebb1e7", "first_name": "c9d045eeaf46082f", "email": "22aa650d3cb749f1"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'9ef4ed93847e4b25d96c557689b6f1019ef4ed93847e4b25d96c557689b6f101','{"last_name": "7814347e88a76a52", "first_name": "90d64946c715e292", "email": "33438927f9543d32", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'2707b8e3a5c97e50bff4a9e47a9452632707b8e3a5c97e50bff4a9e47a945263','{"last_name": "fd48a420114bc8a6", "first_name": "7415f46c95e362c9", "email": "f4e9702a68ca872c", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'4b1ee75da944b1a5863d85b1154ebb6a4b1ee75da944b1a5863d85b1154ebb6a','{"last_name": "4a890ce10f1fc9a0", "first_name": "26647c76d20e1f41", "email": "ecc9597ca961b402", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'61d87c6b468f0135ac8565ed005cd5f961d87c6b468f0135ac8565ed005cd5f9','{"last_name": "2ee11c2226f6cd30", "first_name": "cbf2a547d4992bbe", "email": "1a9d332f73048de4", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'1f249c655332825f32a50bb4a79458d51f249c655332825f32a50bb4a79458d5','{"last_name": "91d7729297303a6c", "first_name": "c9d045eeaf46082f", "email": "29cce02ac3839adc", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'06d9d76c1399beb3d74d93f19e8cd2dd06d9d76c1399beb3d74d93f19e8cd2dd','{"last_name": "ca77085dcb9b1f08", "first_name": "ea6ee4821f418668", "email": "f41360105ef51dfd", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'6bdc2ef21cf16d0e81da6efebe9b73376bdc2ef21cf16d0e81da6efebe9b7337','{"last_name": "2a68c2a91aed2025", "first_name": "627ddfa580a19188", "email": "59059c44bb40e210", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'866bfc4200af12058be9407111182a33866bfc4200af12058be9407111182a33','{"last_name": "be6ab9090781bb3a", "first_name": "c75cbd1985312f6f", "email": "b48faec305769ece", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'de693e204b32808219288aa93acbd392de693e204b32808219288aa93acbd392','{"last_name": "7015519c4b17cddc", "first_name": "e26ce6d77aeb283c", "email": "1b4d47ce20a91327", "externals": "7a4186cd2b2771a4"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'c828c5f5f3c0c92142b133645efd480fc828c5f5f3c0c92142b133645efd480f','{"name": "c1edb5a4f52b6f99", "students": "da41185c8f2fbac7"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'2022f6c5054e14a27b60aa50b4d2c1c12022f6c5054e14a27b60aa50b4d2c1c1','{"name": "04f5cdd095f52d1c", "students": "32fcf177ee46f7ce"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'bede60a626fea33f5841dd70c67437e3bede60a626fea33f5841dd70c67437e3','{"name": "c0a136a46db3510c", "students": "ec2b683cc7f4ffc4"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'44dffe336a2118f746b06911b1143d7444dffe336a2118f746b06911b1143d74','{"name": "fa4722aab3c2ce29", "starts_at": "6260a565f4dea62a", "ends_at": "62e9a51556f8491f", "professors": "5b32a9c8c730ff56", "students": "da41185c8f2fbac7", "groups": "3d7d73cdc49c2ecc", "classroom": "d70a69d071612b6e"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'d21d974fdc2da193fcfc990905ebb8cad21d974fdc2da193fcfc990905ebb8ca','{"name": "ed4140b799a53a6c", "starts_at": "baa708baf767b117", "ends_at": "63a5275c14046d14", "professors": "0ee351c4563bbbb9", "students": "efcd99335836138a", "groups": "722b8233c2d51077", "classroom": "16ee2ff55d013895"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'9c041099599dd3578f211739a5f68d0b9c041099599dd3578f211739a5f68d0b','{"name": "bac13ec96354c711", "starts_at": "f44070cbae09cac5", "ends_at": "2a5e5f626cd41a70", "professors": "5b32a9c8c730ff56", "students": "da41185c8f2fbac7", "groups": "3d7d73cdc49c2ecc", "classroom": "d70a69d071612b6e"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'4bbd948398faff1575b8358cb13451074bbd948398faff1575b8358cb1345107','{"name": "afb8c8269302fd45", "starts_at": "19f4c3b3bf2132a4", "ends_at": "dcc4612cd444d25e", "professors": "fb83e1f540090ea9", "students": "32fcf177ee46f7ce", "groups": "02c05c1b52468211", "classroom": "b24984ad72201786"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'0f0cc8de43177087dd45ff7cf15bde290f0cc8de43177087dd45ff7cf15bde29','{"name": "70a827108f174772", "starts_at": "98ba6368d1177bf1", "ends_at": "779f9031041adb95", "professors": "c03e69773d0e1234", "students": "32fcf177ee46f7ce", "groups": "02c05c1b52468211", "classroom": "d70a69d071612b6e"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'4767c87166a3af27ce4518a918122a164767c87166a3af27ce4518a918122a16','{"name": "cd95579c37804469", "starts_at": "30deae09450a52b8", "ends_at": "1795dd006010e28e", "professors": "0ee351c4563bbbb9", "students": "ec2b683cc7f4ffc4", "groups": "db21aa58dc36060c", "classroom": "d70a69d071612b6e"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('eed87d8e5b154ec6a6f7587c3c19c5a3','school','down','2026-11-28 20:31:16.283513','2026-11-28 20:31:17.444602','success','96bf76681832','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 84, "erp": 9}}');
INSERT INTO "run" VALUES('26fe46b2f10b4baba07193f5e6f57569','school','up','2026-11-28 20:31:17.515407','2026-11-28 20:31:17.869369','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','4545e827cee3eb34c2c08374f23c16b8');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "3b899fb130b843eb", "entities.course.from": "4a89408affe3daf7", "entities.course.source_id": "07d8b393b0b8d1fe", "filters.siteCodes": "3e5e60a072fb78af", "formats.clock": "157caaf7f0d58790", "formats.dashed": "f152f8168367c15f", "formats.day": "c703d258b064c869", "formats.minutes": "96ec28397c19bde2", "resources.absences.get": "a092ea095eaef958", "resources.absences.key": "0d64057eed17c141", "resources.apprenants.get": "76a11db7d5c07226", "resources.apprenants.key": "457dd5fc44e2c0cb", "resources.apprenants.query": "17539d307859c88c", "resources.comptes.get": "e6474d0ca93d0365", "resources.comptes.key": "11ae6d9f2b3f7fab", "resources.contacts.for_each": "47401d81235bd837", "resources.contacts.get": "6df54bf1b934f451", "resources.contrats.as.dateDebContrat": "31ca71496e7859cc", "resources.contrats.get": "3f332cb6b6810bc6", "resources.contrats.ignore": "8110d9d96d2933e5", "resources.contrats.key": "ef0ce5532f618766", "resources.contrats.query": "f3baae97ed4dde12", "resources.contrats.when": "aac55bc0fec8e18b", "resources.formateurs.get": "53367c4db6b14a57", "resources.formateurs.key": "7d3467d6b6aca672", "resources.groupes.filter_by.siteCodes": "fa23572e24783143", "resources.groupes.get": "625fa7f6aab92b17", "resources.groupes.ignore": "fcb4af03b984d68d", "resources.groupes.key": "68a72e8612cc8101", "resources.groupes.query": "214d1d99a5b06aa5", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "fbcfae1dabc91ef5", "resources.inscrits.from": "ae8ba053c73e226f", "resources.inscrits.ignore": "2d7530228e8b160b", "resources.inscrits.items": "ea141d570ab75c9e", "resources.inscrits.key": "888fd90c6aebb1d4", "resources.motifs.get": "6ad038055e879408", "resources.motifs.key": "e55311f79993feed", "resources.periode.as.dateDeb": "3a1d4d66c7513672", "resources.periode.as.dateFin": "ec12a36363d49aaf", "resources.periode.get": "0d5f606f290474bb", "resources.periode.ignore": "33da72f8800469c7", "resources.periode.key": "9fd2d15b8114c6e2", "resources.periode.single": "d087a8476c9c9738", "resources.planning.as.date": "ca3bd0438633918d", "resources.planning.as.heureDebut": "af69038c10553fb2", "resources.planning.as.heureFin": "c744893328ed9970", "resources.planning.for_each": "53e176493b567825", "resources.planning.get": "799594798b4037a7", "resources.planning.items": "55d7400bee5c4326", "resources.planning.key": "6d210b52747ad91c", "resources.planning.same_key": "7d571625e8bbfd83", "resources.salles.get": "765c83aee27046b9", "resources.salles.key": "b645abc5c389006f", "resources.sites.get": "1cd3de903a28fe3c", "resources.sites.key": "35aeba3d967f31ec", "resources.tutorats.add.contrat": "3efdeced61617fa1", "resources.tutorats.add.tuteur": "0c5ea4fb0bba073e", "resources.tutorats.from": "6507d3216e6dcf50", "resources.tutorats.ignore": "38e3e19e1263e6cd", "rules.vanished": "205215f072de630a", "transport.auth": "43f09271d93ceeb1", "transport.base_url": "a0f221177e2d75ce", "transport.headers": "69f7a213cebd8778", "transport.kind": "13a4a34ea348f682", "transport.shape": "b57090f8de4240ed", "zone": "4d6f49fe7831f29b"}, "nodes": {"all sessions": "b5aba3f6c3ac2ba7"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "2ce269c8250bade7", "status": "sent"}, "student:90212": {"content": "1162b0eb416b7e09", "status": "sent"}, "student:90213": {"content": "f004704da350a308", "status": "sent"}, "student:90215": {"content": "23e8dd2f4ffeca98", "status": "sent"}}','2026-11-28 20:31:17.744299');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "44f5740ef764a623", "status": "sent"}, "student:90212": {"content": "c4556105c6157acf", "status": "sent"}, "student:90213": {"content": "2ce269c8250bade7", "status": "sent"}, "student:90215": {"content": "1162b0eb416b7e09", "status": "sent"}, "student:90217": {"content": "f004704da350a308", "status": "sent"}, "student:90218": {"content": "23e8dd2f4ffeca98", "status": "sent"}}','2026-11-28 20:31:17.858880');
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
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_taken_run ON taken (run);
COMMIT;
