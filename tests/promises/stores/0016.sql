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
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["3bb733658d8a3609","6ec135dd42e64029","c844529482ef6ff0"],null],"43":[["18c6b05b471a53db","3e8aec2cbb938e3a","6eb3a05deaecb8fd","8e17141c5f22b4e3"],null],"44":[["07aede1494c1628f","22676e7213d86cc3","bb22ded084d0fc83"],null],"45":[["7e713372696ab525","dda9c4ca580fb978"],null],"46":[["22676e7213d86cc3","75e890b5d8c1049e","d0fcbfc3a5c7b028"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["717c5477f6a03b0a","79ad6b5ba72f50a7","94093d4dee44256b","efd1fd7d0fc43ee1"],null],"90212":[["7e67968043955eb1","8e7937aa88316cee","a5d8e8c22e924a16"],null],"90213":[["52810c871da35e05","93c4e586866637aa","ddbea9a4606a1e09"],null],"90214":[["885693b9f4499f6d","d5f4f3b336698591"],null],"90215":[["0dedaf7215da3628","1459cc07b49597ad","3bb733658d8a3609"],null],"90217":[["07aede1494c1628f","6eb3a05deaecb8fd","be280dea07b3ede3"],null],"90218":[["22fb33e4b83ff9cd","bb22ded084d0fc83","dda9c4ca580fb978"],null],"90219":[["75e890b5d8c1049e","7e713372696ab525","ff44357f0d3fbb64"],null],"90220":[["35b5506050de795b","38ec4b2c601373cf","d0fcbfc3a5c7b028"],null],"90221":[["62aab5f0814ea87b","6e13f3f02c98df37","ff0cce6032832c5c"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["6bfca4c7cdc5d4db","779c618c8fbc2f89","d36e1eeca7fc8773","f19d1f149a85fbb9"],null],"1202":[["69731ac6e6eb0053","6bfca4c7cdc5d4db","d36e1eeca7fc8773","f19d1f149a85fbb9"],null],"1203":[["065230f13fe08829","737f0c8a4ea8ac9d"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["f19d1f149a85fbb9"],"2026-03-17T07:30:00+00:00"],"7712002":[["dc3f17300f02f692"],"2026-03-17T12:30:00+00:00"],"7712003":[["a7976fd62b5d3d2f"],"2026-03-18T07:30:00+00:00"],"7712004":[["ac92dc2faf169006"],"2026-03-19T08:00:00+00:00"],"7712005":[["933a8efcc9eb7b88"],"2026-03-20T07:30:00+00:00"],"7712006":[["f0087aaf23ad7e27"],"2026-03-20T12:30:00+00:00"],"7712007":[["f2a6171489d85cf6"],"2026-03-21T07:30:00+00:00"],"7712008":[["78ff3e0277774090"],"2026-03-21T12:30:00+00:00"],"7712009":[["89393f48d0d6d5a7"],"2026-03-22T12:30:00+00:00"],"7712011":[["22e8a97db3b58ee0"],"2026-03-23T07:30:00+00:00"],"7712013":[["39b0b3d2a71e5795","5fedb6b94f2e2080"],"2026-03-16T07:30:00+00:00"],"7712014":[["a5b3ef7e0051a76a"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'8bd470915c5149d992fc4db07fb1be60','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'db6c250554e34a35b287f51bd477844d','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'db6c250554e34a35b287f51bd477844d','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'db6c250554e34a35b287f51bd477844d','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'db6c250554e34a35b287f51bd477844d','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'db6c250554e34a35b287f51bd477844d','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 4565 on vm','2026-11-28 19:58:21.676160');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'824a649974b0400fc83d8ad2c30eb1a8824a649974b0400fc83d8ad2c30eb1a8','{"last_name": "8fa6d28eb24dff50", "first_name": "339f011fc8dc3098", "email": "c43489d8f130d288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'0cee4400d3a28f3143ec0d7aaf3300f30cee4400d3a28f3143ec0d7aaf3300f3','{"last_name": "518b9f903e27475b", "first_name": "4b15cc4c57dfb39e", "email": "803f54d383bbee9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'8372a77abce8789a553e8c9dda6c6c258372a77abce8789a553e8c9dda6c6c25','{"last_name": "2129a15e28c804d8", "first_name": "00f571110bb9a9f1", "email": "b402e97252e6d1c1"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'fedc419c5934d77ace2c0baab309f3dffedc419c5934d77ace2c0baab309f3df','{"last_name": "5bb50ac040f02f95", "first_name": "bfca84eebd255b64", "email": "6444996ba083b1bc", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'d802c7995c8d6ab1464d694fb4168811d802c7995c8d6ab1464d694fb4168811','{"last_name": "300047ca4985ab26", "first_name": "f9cc0e32582a727c", "email": "6f7ab3c4b63d23b7", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'12dc096d117e93c56d3f5e0c4328d9a812dc096d117e93c56d3f5e0c4328d9a8','{"last_name": "b6944505f2b90b21", "first_name": "be7d396dbacda7af", "email": "31653ea21726312a", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'fda89cf1525a0b84c93da05daef79166fda89cf1525a0b84c93da05daef79166','{"last_name": "3e3e5d112758dbab", "first_name": "339f011fc8dc3098", "email": "28cee3860f02fb08", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'abde99f686698129603e84c895513d1aabde99f686698129603e84c895513d1a','{"last_name": "3ac49efb358e434f", "first_name": "00f571110bb9a9f1", "email": "51e8afc9e097c855", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'aac7c8536cb979f85bf8e791b4207389aac7c8536cb979f85bf8e791b4207389','{"last_name": "0217d873a78af892", "first_name": "79805be73a5c044d", "email": "8bd2d6d8a4007bf6", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'4063de7902be23a151140261aace6b104063de7902be23a151140261aace6b10','{"last_name": "182f0eeab62ff648", "first_name": "a0dcb7142a6c62e1", "email": "8b6d9fc8c1f9db45", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'9dc683552275c0b4ef43e8f1d5201d159dc683552275c0b4ef43e8f1d5201d15','{"last_name": "23cb0df86e6807ab", "first_name": "f019374b2d49e44d", "email": "faada342f4ab919f", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'f391ffa9bf6ddaf6d65aa41d6926b776f391ffa9bf6ddaf6d65aa41d6926b776','{"last_name": "5148a89e66c76c2b", "first_name": "2f1555532e7abef5", "email": "aa15b06576f9d323", "externals": "a89e36ad115d3c45"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'9cf6c0a895975678f06608554da7bdcd9cf6c0a895975678f06608554da7bdcd','{"name": "e15c89d17004d856", "students": "877a47afdc165264"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'dbe7e3d39b6b040f141c9e490521a948dbe7e3d39b6b040f141c9e490521a948','{"name": "36a3ee331fbb6938", "students": "589f91fc326e97e6"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'00d20d5f5b66c78b77e511245dea74a800d20d5f5b66c78b77e511245dea74a8','{"name": "fed98c944c34f239", "students": "59bc6927906b631c"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'7fa4175ebd28adc4dac1c6f39b918ed67fa4175ebd28adc4dac1c6f39b918ed6','{"name": "d99f97f1190f86a7", "starts_at": "189212ec79819d53", "ends_at": "76ae76f17c770efd", "professors": "aebaeabe49b0799f", "students": "877a47afdc165264", "groups": "10312ac3f4aa84dd", "classroom": "b4bdb77a5e4b55b5"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'bdffe38c21115dda6a771844d0b9332bbdffe38c21115dda6a771844d0b9332b','{"name": "2cf7c67841f8b0f3", "starts_at": "dbac09d5ace8d58a", "ends_at": "44a347b5926406f7", "professors": "aedc98d82c477b2f", "students": "a995f72cf6e88fee", "groups": "caf8921ba4abe74b", "classroom": "a1513eeb7e3faeca"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'c4c0bc218f64ef8ea4b1d5e57a1d6266c4c0bc218f64ef8ea4b1d5e57a1d6266','{"name": "fc43910a3f368208", "starts_at": "7e31f81bfd5e7885", "ends_at": "b922d11940a47109", "professors": "aebaeabe49b0799f", "students": "877a47afdc165264", "groups": "10312ac3f4aa84dd", "classroom": "b4bdb77a5e4b55b5"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'85951cbc2487830be4ca18f575a57c3385951cbc2487830be4ca18f575a57c33','{"name": "e0ef2144c2e13522", "starts_at": "e2aadac5274c7230", "ends_at": "0e0de45b54a75b1b", "professors": "ef73ead4448375a3", "students": "589f91fc326e97e6", "groups": "92207841696cf7a4", "classroom": "bb7c2551e490ec57"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'fa85fb689c11fbd1ec7c68cbde6ad56ffa85fb689c11fbd1ec7c68cbde6ad56f','{"name": "3728ff623365434a", "starts_at": "cac0448ef6f4b7b4", "ends_at": "0c06826f27b1ce2b", "professors": "7b8678dc5823c1d5", "students": "589f91fc326e97e6", "groups": "92207841696cf7a4", "classroom": "b4bdb77a5e4b55b5"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'73da5b38690999077f82df4c771e384073da5b38690999077f82df4c771e3840','{"name": "a66996d94c88c719", "starts_at": "da6303564e233d08", "ends_at": "0557fc2f64a395cd", "professors": "aedc98d82c477b2f", "students": "59bc6927906b631c", "groups": "617f344deab7ff7a", "classroom": "b4bdb77a5e4b55b5"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('8bd470915c5149d992fc4db07fb1be60','school','down','2026-11-28 19:58:20.481115','2026-11-28 19:58:21.342826','success','d45eea68a406','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 84, "erp": 9}}');
INSERT INTO "run" VALUES('db6c250554e34a35b287f51bd477844d','school','up','2026-11-28 19:58:21.689263','2026-11-28 19:58:22.529762','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
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
INSERT INTO "setting" VALUES('key_check','69c8d8de5823f08cfca554af01ddf6df');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "2f5a0e2d68a99f4a", "entities.course.from": "d48461a3a594e820", "entities.course.source_id": "ab7d97f16796ad25", "filters.siteCodes": "bb2ecd74e0f2d059", "formats.clock": "1be6c4adf8a838d8", "formats.dashed": "b78ea1382706a17d", "formats.day": "e794feee3d8a653e", "formats.minutes": "4a37a5a25d329b99", "resources.absences.get": "4e0645db58b6d5d5", "resources.absences.key": "4fe666fb9c7b2f23", "resources.apprenants.get": "0056462888e6bbd0", "resources.apprenants.key": "a86403bd4165b624", "resources.apprenants.query": "bd2ff6916e47ef96", "resources.comptes.get": "ba76c8b4e48fcce9", "resources.comptes.key": "e49975b02e1b2686", "resources.contacts.for_each": "a8a4ca13877a010d", "resources.contacts.get": "d1fb3e4d3e6384b6", "resources.contrats.as.dateDebContrat": "6dee3dce4457f647", "resources.contrats.get": "9645d80631f83a9f", "resources.contrats.ignore": "0db7e9284c422d3b", "resources.contrats.key": "fd6e40f2557beb41", "resources.contrats.query": "1c75a5d6b3fade13", "resources.contrats.when": "56e79ea460509337", "resources.formateurs.get": "fe3e1015538d631d", "resources.formateurs.key": "4b6e23232652098b", "resources.groupes.filter_by.siteCodes": "ee066a39aa4d104a", "resources.groupes.get": "77f600fa0ce19bb9", "resources.groupes.ignore": "9e3db4641cc7a6f1", "resources.groupes.key": "bb41d9ac54f9b7f4", "resources.groupes.query": "0a47c03a55c85321", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "f93eed487cf27d95", "resources.inscrits.from": "2842e3e7ed212d4a", "resources.inscrits.ignore": "ae5eeca716dea4a8", "resources.inscrits.items": "b2c4069c753bbb71", "resources.inscrits.key": "72918db002cfd0db", "resources.motifs.get": "026be2cb8f6a50f8", "resources.motifs.key": "cc4c349d1ff97095", "resources.periode.as.dateDeb": "fb3f79f06e37ff5b", "resources.periode.as.dateFin": "48cb61339f89cb47", "resources.periode.get": "b946cbb255f113b0", "resources.periode.ignore": "0ad1d83e44879a11", "resources.periode.key": "084e6de532a91107", "resources.periode.single": "36d1919dcfba947f", "resources.planning.as.date": "a4b070da2c270975", "resources.planning.as.heureDebut": "4638c066be559a15", "resources.planning.as.heureFin": "c686bc8b786b7814", "resources.planning.for_each": "fe5b3410c5850d66", "resources.planning.get": "d4699a22568edcd5", "resources.planning.items": "ef3764aa78db7d28", "resources.planning.key": "0f070b3e87f31f8a", "resources.planning.same_key": "e1c26474711093e0", "resources.salles.get": "156927d01d641616", "resources.salles.key": "16e5e1d3c35edf7c", "resources.sites.get": "a6e0b464efb6297b", "resources.sites.key": "95fa922c16954b4d", "resources.tutorats.add.contrat": "77a1655764514581", "resources.tutorats.add.tuteur": "4dffeaa7209ec12e", "resources.tutorats.from": "b23200e5dbd73327", "resources.tutorats.ignore": "dbdb5c2be8e36417", "rules.vanished": "bf1d5bf1c98f28d7", "transport.auth": "cf74787dffd9b157", "transport.base_url": "78ba0554188d32de", "transport.headers": "2c687b74ca96705a", "transport.kind": "ead4367b61d4a3c5", "transport.shape": "f4743059c3508a44", "zone": "85c440e461a565f1"}, "nodes": {"all sessions": "d221b04d6746ffb1"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "8abfc95c815dd882", "status": "sent"}, "student:90212": {"content": "fbb60baeeacc5b84", "status": "sent"}, "student:90213": {"content": "e8b752ea2b59794c", "status": "sent"}, "student:90215": {"content": "a74974d559da3402", "status": "sent"}}','2026-11-28 19:58:22.451798');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "6a165f0f55597b7c", "status": "sent"}, "student:90212": {"content": "f31bb90aae903dac", "status": "sent"}, "student:90213": {"content": "8abfc95c815dd882", "status": "sent"}, "student:90215": {"content": "fbb60baeeacc5b84", "status": "sent"}, "student:90217": {"content": "e8b752ea2b59794c", "status": "sent"}, "student:90218": {"content": "a74974d559da3402", "status": "sent"}}','2026-11-28 19:58:22.523058');
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
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_taken_run ON taken (run);
COMMIT;
