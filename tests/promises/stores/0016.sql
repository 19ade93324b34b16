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
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["5c4bb982cf3f015b","e1d3551dcf6d6fe8","e8bee367b78ca43b"],null],"43":[["3fa81ad2ec896b9f","42e8c44d4fd313fd","7c2096ce9260c2b2","a169ab570e8c2427"],null],"44":[["366cde4ece49e14b","a9d3d655b7ad210a","f762b4f7ca96d7a9"],null],"45":[["5b6e265fc28a012a","7be637d255669849"],null],"46":[["2d5e144855bbba1a","a9d3d655b7ad210a","c8933d5b3cc80f78"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["6b426fe67458a3f6","c52d0e9ffb80344f","e345fd01bff88c9d","f123a5d6856dec81"],null],"90212":[["00c6228e058c8965","a143f59fdf6919a3","a8b2d358a6fd9b6c"],null],"90213":[["2b1edd525e101531","9a91ce1df1b5997f","ee8d8bffad3e4665"],null],"90214":[["701a3dc0e9ab5a56","b6807d1e71aab4e3"],null],"90215":[["7b04452e7bc1597d","e8bee367b78ca43b","ea2c3f0957788d49"],null],"90217":[["73de8a945364c54c","7c2096ce9260c2b2","f762b4f7ca96d7a9"],null],"90218":[["366cde4ece49e14b","5b6e265fc28a012a","def38b25f83c0733"],null],"90219":[["2d5e144855bbba1a","7be637d255669849","fb47d6119d6b89ed"],null],"90220":[["1839a5fad0ad2bfc","b3b59ccb0e7b4dc8","c8933d5b3cc80f78"],null],"90221":[["062ae760519241bc","1834f61e1c798a48","be70da7d6009000b"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["2631ea6ce8cb295b","3ddd0d7ad6b550c0","7fb1194754d2d275","c00f03c6615e3429"],null],"1202":[["0138e03e72c158fb","2631ea6ce8cb295b","7fb1194754d2d275","c00f03c6615e3429"],null],"1203":[["23e7941f83fd0ccf","d0ced5f504580852"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["2631ea6ce8cb295b"],"2026-03-17T07:30:00+00:00"],"7712002":[["9b01794160719d14"],"2026-03-17T12:30:00+00:00"],"7712003":[["519b042647c29e41"],"2026-03-18T07:30:00+00:00"],"7712004":[["479f0535e71f9937"],"2026-03-19T08:00:00+00:00"],"7712005":[["93267a053bf6584b"],"2026-03-20T07:30:00+00:00"],"7712006":[["721fa0068b6b42e0"],"2026-03-20T12:30:00+00:00"],"7712007":[["aae14bfd41432ff8"],"2026-03-21T07:30:00+00:00"],"7712008":[["d6e96db339e8007b"],"2026-03-21T12:30:00+00:00"],"7712009":[["4ca3abf758c7baa6"],"2026-03-22T12:30:00+00:00"],"7712011":[["e9067cb11a89756a"],"2026-03-23T07:30:00+00:00"],"7712013":[["2a8dcbfe44ac91d9","6497cff59c35c4cf"],"2026-03-16T07:30:00+00:00"],"7712014":[["758d7adb49997f30"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'b917285d825b409ea6475a0176988be4','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'b917285d825b409ea6475a0176988be4','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'b917285d825b409ea6475a0176988be4','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'b917285d825b409ea6475a0176988be4','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'b917285d825b409ea6475a0176988be4','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'b917285d825b409ea6475a0176988be4','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'b917285d825b409ea6475a0176988be4','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'4743894038824d41870db1558e23dbd3','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'4743894038824d41870db1558e23dbd3','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'4743894038824d41870db1558e23dbd3','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'4743894038824d41870db1558e23dbd3','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'4743894038824d41870db1558e23dbd3','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
CREATE TABLE former (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	former_id VARCHAR(255) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_former PRIMARY KEY (connector, account, kind, former_id)
);
CREATE TABLE hint (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	source_id VARCHAR(255) NOT NULL, 
	first_at DATETIME NOT NULL, 
	settles_at DATETIME NOT NULL, 
	CONSTRAINT pk_hint PRIMARY KEY (connector, account, source_id)
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
INSERT INTO "lease" VALUES('school',2,'process 24619 on vm','2026-11-28 20:12:55.213436');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'181ee3eb2874ca896ee9055760cd2491181ee3eb2874ca896ee9055760cd2491','{"last_name": "2fd1f0c6febb738e", "first_name": "21ec434f05e30588", "email": "7dbd85756a0544dd"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'d88fb38b23a497aaa7f56cc3c9100b57d88fb38b23a497aaa7f56cc3c9100b57','{"last_name": "06c6f28491f42da2", "first_name": "e6647fda0ff866a1", "email": "852239397547827c"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'9a10d96bda11403d4501676180cf29559a10d96bda11403d4501676180cf2955','{"last_name": "95e6eabda988a5be", "first_name": "9d7b8cf8ac3c237b", "email": "7505f84a31abf147"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'21c67f509a95223ac65c68ad8c61029921c67f509a95223ac65c68ad8c610299','{"last_name": "4ca3ffdeaf946a44", "first_name": "9071f0f358c01701", "email": "da1989ac52d6f81d", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'748bde47bc9d1155e72aa3e474e0ba2f748bde47bc9d1155e72aa3e474e0ba2f','{"last_name": "ce5261aae6378b79", "first_name": "d9057b1c0d654b15", "email": "aeb9a9e8ba2fb27d", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'5799ee43d3808cf27869e4b859857aa65799ee43d3808cf27869e4b859857aa6','{"last_name": "7c7db238333709ce", "first_name": "9b00a5a781fb9f48", "email": "7b6bf1001022608c", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'c311f81ba439942d4db4d18977fdae1ac311f81ba439942d4db4d18977fdae1a','{"last_name": "ee0bf9cde4697f9a", "first_name": "21ec434f05e30588", "email": "e2258a47d77cd0af", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'de119b00436c8ecb7ab2a9130bfbc66ade119b00436c8ecb7ab2a9130bfbc66a','{"last_name": "37f88930643784aa", "first_name": "9d7b8cf8ac3c237b", "email": "2c25225670d29bcf", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'f7b54303bfd642a3ecd6e0e6ceaaea33f7b54303bfd642a3ecd6e0e6ceaaea33','{"last_name": "ef39d9404d7ad639", "first_name": "4314ef0a50bc803f", "email": "404a52d170dfc02c", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'48fcb526f129a2f647d09246efe8842948fcb526f129a2f647d09246efe88429','{"last_name": "dd52e3e7d915505d", "first_name": "324628673fae88ee", "email": "aeda262da4c1de1f", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'eb1218f4c618d86b33358052f59007f7eb1218f4c618d86b33358052f59007f7','{"last_name": "9b861b8d2722ed06", "first_name": "52e83ee5837d2988", "email": "da3471e0c354bc0a", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'03d1971af09f0484d4348fc5c1ea61d903d1971af09f0484d4348fc5c1ea61d9','{"last_name": "fdbdcc9719185e92", "first_name": "8785139dc774ecc0", "email": "e1c099fa73b09ac3", "externals": "52ef76f52377dc9b"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'dda0787d49a6c2167c8c42d058ba5082dda0787d49a6c2167c8c42d058ba5082','{"name": "311e393609af563c", "students": "0e65491a02e6e6be"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'8cec836444b98fb78abd978df15e24658cec836444b98fb78abd978df15e2465','{"name": "4bde6dabea945204", "students": "61ad40dde30994d6"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'4e3e45dd54f958d431b7237b97892e8f4e3e45dd54f958d431b7237b97892e8f','{"name": "949fa34bac19c064", "students": "c14f915e282a13fc"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'437b24659b747f32e00dc3a3e2be99f4437b24659b747f32e00dc3a3e2be99f4','{"name": "06abcac6f8df6c82", "starts_at": "5adc8f7c512a10c3", "ends_at": "45c0d0a6baf45202", "professors": "54950a3085fcc676", "students": "0e65491a02e6e6be", "groups": "0b0156bcb66b6a97", "classroom": "bf1abc86d38c1084"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'34aa4cfbb77874b9a8011c8f5327176034aa4cfbb77874b9a8011c8f53271760','{"name": "cd1c4b2755cc6b17", "starts_at": "193af254723435bc", "ends_at": "b0b7167073554716", "professors": "6c8d13fa2c40f325", "students": "ac8a0816f80948f5", "groups": "1fee42d1b1dac2b7", "classroom": "4b168c948e9df8a6"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'951fe57ac1cc24cee9b76b8c8bf48d53951fe57ac1cc24cee9b76b8c8bf48d53','{"name": "170eaf9276e8e6d6", "starts_at": "8d0fc1ab037d574f", "ends_at": "b1035dae143a4ff4", "professors": "54950a3085fcc676", "students": "0e65491a02e6e6be", "groups": "0b0156bcb66b6a97", "classroom": "bf1abc86d38c1084"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'e66d6409854ee7f26a6532de1a0121dee66d6409854ee7f26a6532de1a0121de','{"name": "22e1d5a6aea3d1f0", "starts_at": "498a100c0d606f59", "ends_at": "ad0c9d9c31612b1f", "professors": "cad37ae1c75e48f2", "students": "61ad40dde30994d6", "groups": "fac950da64b8f3ed", "classroom": "f704d4de2d11620e"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'f247d99c54daf1b51d5524925e8c840bf247d99c54daf1b51d5524925e8c840b','{"name": "3ec7f03582585fcb", "starts_at": "4a8db3b648d654f0", "ends_at": "57b2f0e40ed1b1af", "professors": "dae5e17ac9501e0c", "students": "61ad40dde30994d6", "groups": "fac950da64b8f3ed", "classroom": "bf1abc86d38c1084"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'df23476737106d520f6f2816efc72673df23476737106d520f6f2816efc72673','{"name": "1b4e7d94d365624f", "starts_at": "a5f7e5ca32a856ad", "ends_at": "2b922b53efb94f98", "professors": "6c8d13fa2c40f325", "students": "c14f915e282a13fc", "groups": "ea98b674d4e5216b", "classroom": "bf1abc86d38c1084"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('b917285d825b409ea6475a0176988be4','school','down','2026-11-28 20:12:53.937236','2026-11-28 20:12:55.089136','success','22cfced3712a','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 84, "erp": 9}}');
INSERT INTO "run" VALUES('4743894038824d41870db1558e23dbd3','school','up','2026-11-28 20:12:55.225361','2026-11-28 20:12:56.201043','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','c6d0ea3527803af441d9d9177ab640e3');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "ce433be73168d16f", "entities.course.from": "392978b31a09ab8c", "entities.course.source_id": "82d2a464f6ae6540", "filters.siteCodes": "01644fd2e8322463", "formats.clock": "e9a731342024f0e6", "formats.dashed": "5b64dd0354a5bba3", "formats.day": "766db6e047cb4f0a", "formats.minutes": "f7d449fd757a9776", "resources.absences.get": "78fab4b0fbf77303", "resources.absences.key": "d1970501c2f79289", "resources.apprenants.get": "1d72ab580f17618c", "resources.apprenants.key": "1154cea50f999c74", "resources.apprenants.query": "752c2aa20401cadb", "resources.comptes.get": "822961b5fc4f805c", "resources.comptes.key": "936d4e9d5461d889", "resources.contacts.for_each": "e99efe0054465eed", "resources.contacts.get": "87648903192f172d", "resources.contrats.as.dateDebContrat": "12b7133f5bb49ea9", "resources.contrats.get": "9b82b87909838321", "resources.contrats.ignore": "2a89ebd4ac8721fa", "resources.contrats.key": "4cf2354f488a211d", "resources.contrats.query": "69976a1bd94d9731", "resources.contrats.when": "f5b0ebc305038a01", "resources.formateurs.get": "541196d26c92b4c2", "resources.formateurs.key": "8f322ebdb5eab606", "resources.groupes.filter_by.siteCodes": "73dd7db7fc9296b9", "resources.groupes.get": "ef499583796953d6", "resources.groupes.ignore": "f2e9220a7ab742bf", "resources.groupes.key": "da5b9e54eecb81d7", "resources.groupes.query": "519408da63fb6dce", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "dd0b8357b27f0712", "resources.inscrits.from": "977600a7cd241beb", "resources.inscrits.ignore": "6c6cd83aca223e71", "resources.inscrits.items": "cc24c5a32dd2f715", "resources.inscrits.key": "c66a5ee7c55eae7b", "resources.motifs.get": "3a5e485d05b97ad6", "resources.motifs.key": "1687ae8547632d64", "resources.periode.as.dateDeb": "34986cfe47dc977c", "resources.periode.as.dateFin": "bef535a9d6a28748", "resources.periode.get": "98f5dcd3e6d34738", "resources.periode.ignore": "4f76c5d3b2781661", "resources.periode.key": "a507bd726f6dc74f", "resources.periode.single": "d3497e47112e9bd1", "resources.planning.as.date": "fab74e3051554fed", "resources.planning.as.heureDebut": "c8292e3f1026b6b3", "resources.planning.as.heureFin": "0ef47d394ba26404", "resources.planning.for_each": "82e99d8fb8d92ad1", "resources.planning.get": "6b908183c97cc367", "resources.planning.items": "76514b5fe93caf9a", "resources.planning.key": "aebd48563ddfcb7f", "resources.planning.same_key": "713440e8b0ef8fb3", "resources.salles.get": "74d60411d61b2f26", "resources.salles.key": "a996d0164ebcdc03", "resources.sites.get": "4de39b938bb60560", "resources.sites.key": "92d11d2cb51c1e80", "resources.tutorats.add.contrat": "5031df945968d98e", "resources.tutorats.add.tuteur": "4b9f96ab53580260", "resources.tutorats.from": "4ce0e3423de1c4d8", "resources.tutorats.ignore": "638c55d8a349fb76", "rules.vanished": "75341a59ae92a225", "transport.auth": "f55ef479fba0f86d", "transport.base_url": "158ec60bea98bee8", "transport.headers": "ab5676b63e2591af", "transport.kind": "4502da1953a06693", "transport.shape": "b2a144bc9d7d79f4", "zone": "5c73ec2442dc88c6"}, "nodes": {"all sessions": "8029e7670565ecaf"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "0c77d78187e508f4", "status": "sent"}, "student:90212": {"content": "1587813aa9d4c669", "status": "sent"}, "student:90213": {"content": "81db9e33bb1b1060", "status": "sent"}, "student:90215": {"content": "66aea7b5b2c07793", "status": "sent"}}','2026-11-28 20:12:56.013957');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "f1039bf143b921ca", "status": "sent"}, "student:90212": {"content": "48f0226d3bd14e49", "status": "sent"}, "student:90213": {"content": "0c77d78187e508f4", "status": "sent"}, "student:90215": {"content": "1587813aa9d4c669", "status": "sent"}, "student:90217": {"content": "81db9e33bb1b1060", "status": "sent"}, "student:90218": {"content": "66aea7b5b2c07793", "status": "sent"}}','2026-11-28 20:12:56.123216');
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
CREATE INDEX ix_link_edusign ON link (edusign_id);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_hint_settles ON hint (settles_at);
CREATE INDEX ix_taken_run ON taken (run);
COMMIT;
