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
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0014');
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["1960211998a5c5c9","6d204e961d132ce9","d3c78c8ea3f4d517"],null],"43":[["03878e3ad62efbd0","35dc73fd7b1541d4","53b7a55dc6a34f92","652843beced00284"],null],"44":[["4487814ce99ab5fc","987393420ca66abb","9a82fb395c7c5603"],null],"45":[["965be7dfee99600f","c22174b34f8dfd2d"],null],"46":[["26a6765c45bc9806","9a82fb395c7c5603","a6a44d399baa2734"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["2a4ab31b392fb91d","6cc1dc1fc066f081","dd65227be4910a7f","e51bc3625a36d120"],null],"90212":[["66b704ab49ca2df3","7174e2deb0f1f4e5","ddeb49a6f6ab8bba"],null],"90213":[["8000f5bfefc322f8","800697d37fc8ff98","9d7733f4720ae90c"],null],"90214":[["8b683956cdd27e69","e20b3845218ef94a"],null],"90215":[["168e30e0fb0ed57f","b91dd0fdfbdc7e99","d3c78c8ea3f4d517"],null],"90217":[["53b7a55dc6a34f92","6cec9c291643c1f0","987393420ca66abb"],null],"90218":[["4487814ce99ab5fc","c22174b34f8dfd2d","cee830c492c5a155"],null],"90219":[["26a6765c45bc9806","965be7dfee99600f","e41f4b13a82f3a1a"],null],"90220":[["a6a44d399baa2734","a95b5b9f465833d8","ce7be8b43c829512"],null],"90221":[["9d88546532cf8cea","d791dbf60d703731","ed5f0982bfbfb58f"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["8524859d8700ac84","e672df7076d53d5b","f2db058fe858eee9","fba4a4161d70cb3f"],null],"1202":[["01126daa8e9d13ce","8524859d8700ac84","f2db058fe858eee9","fba4a4161d70cb3f"],null],"1203":[["2c337c9e3ad3b78f","d4b0cd45d732c7bc"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["8524859d8700ac84"],"2026-03-17T07:30:00+00:00"],"7712002":[["be24dfcce1e744bc"],"2026-03-17T12:30:00+00:00"],"7712003":[["260d1f0bd6ce1f3f"],"2026-03-18T07:30:00+00:00"],"7712004":[["45491e28968538b9"],"2026-03-19T08:00:00+00:00"],"7712005":[["32fc36fb05bd50f6"],"2026-03-20T07:30:00+00:00"],"7712006":[["52b2df48c3c46944"],"2026-03-20T12:30:00+00:00"],"7712007":[["7887839babf293d5"],"2026-03-21T07:30:00+00:00"],"7712008":[["a19250db8311d841"],"2026-03-21T12:30:00+00:00"],"7712009":[["e45d374d0f2001d6"],"2026-03-22T12:30:00+00:00"],"7712011":[["f69d51c24adf0cbb"],"2026-03-23T07:30:00+00:00"],"7712013":[["05cd53cb838e6962","f681946bf7ee06fc"],"2026-03-16T07:30:00+00:00"],"7712014":[["de3e04abd081e869"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'8210312079dc4fe29ed38f4846647e8e','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'b2a9df0e795d42a48e569b4e1dd812bf','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'b2a9df0e795d42a48e569b4e1dd812bf','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'b2a9df0e795d42a48e569b4e1dd812bf','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'b2a9df0e795d42a48e569b4e1dd812bf','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'b2a9df0e795d42a48e569b4e1dd812bf','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 6126 on vm','2026-11-28 12:34:26.661812');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'df84c33057e1343d6fc55fafee783e30df84c33057e1343d6fc55fafee783e30','{"last_name": "d72bca88709d62b9", "first_name": "3ab5752b6487a543", "email": "4b67eac58504b59f"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'9062632e238851fe0d1d392fa94473609062632e238851fe0d1d392fa9447360','{"last_name": "995c14f38714d743", "first_name": "663e5f6457a8eb22", "email": "4480dbdcc8f996e3"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'dfa8eb28c689ab429eead85ef957a2a1dfa8eb28c689ab429eead85ef957a2a1','{"last_name": "c5c399ab2b815e82", "first_name": "2f76c5d76fc54770", "email": "112c77d35cbe9772"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'3c2c9137f9a8244879da66f291fbdc493c2c9137f9a8244879da66f291fbdc49','{"last_name": "cac536eaa19be7a3", "first_name": "1db3538a1dd7b6c8", "email": "6f00b1d3812d0143", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'f22f000fd9bfb2efa2bdbe3bde71589ff22f000fd9bfb2efa2bdbe3bde71589f','{"last_name": "e9213d4a7beeb742", "first_name": "92d60953e0a2d51e", "email": "8e8e6550b99e10e3", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'6d5fe5093a0b2dedd6ed6419c5da9c966d5fe5093a0b2dedd6ed6419c5da9c96','{"last_name": "365ff4c8a3b7ab5f", "first_name": "2ae7be693da41ef1", "email": "0cbde85a2511bb29", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'f0926da10725f54d50a10857b163f6e1f0926da10725f54d50a10857b163f6e1','{"last_name": "14a3b9ab360c089f", "first_name": "3ab5752b6487a543", "email": "a39cab96483e2d2b", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'bed69d5ebd51063730d6aaea95e3a13fbed69d5ebd51063730d6aaea95e3a13f','{"last_name": "afb9ff2497d8bcbf", "first_name": "2f76c5d76fc54770", "email": "7484a7bafc56e982", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'440afaf172ecdc925bd33c27afd625ec440afaf172ecdc925bd33c27afd625ec','{"last_name": "8cde094a12459877", "first_name": "0b2cb0d74f4ab918", "email": "0653e5419df8c3ed", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'c21bd05eada49acffb6b6fb0bec3a887c21bd05eada49acffb6b6fb0bec3a887','{"last_name": "b5a6477c6bd6556d", "first_name": "ca71392363fa5c24", "email": "da8f969a6bf8b6a0", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'a55bf5a897d4a2c7a2f7e674ca66be53a55bf5a897d4a2c7a2f7e674ca66be53','{"last_name": "2e5105279e2c1b5d", "first_name": "25a9906ca407371f", "email": "155a05220ab171ff", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'08c909dfa1bdc8f16941e9625565096d08c909dfa1bdc8f16941e9625565096d','{"last_name": "cce1533bc84ba7aa", "first_name": "f8a83bba1b293374", "email": "9b50d556f6d5eb90", "externals": "0d69c2b756f3de08"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'605e83cfbe8a85ae8b44b393961702fb605e83cfbe8a85ae8b44b393961702fb','{"name": "fbb19adf387a186c", "students": "e290de22ca36d87d"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'bb6abf148704f3508478519d7a2a9280bb6abf148704f3508478519d7a2a9280','{"name": "b1ea6b735c3eb365", "students": "e6341f97f2efef18"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'fdaa3b3b1bcf57689ef11e0f9e0fae25fdaa3b3b1bcf57689ef11e0f9e0fae25','{"name": "820aa804d3590f3d", "students": "ebb1f7b306a19c43"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'0897d3934a7d45a0e86a19cdd2ef638b0897d3934a7d45a0e86a19cdd2ef638b','{"name": "43f8c87f28c51440", "starts_at": "841ed68f6ccb537c", "ends_at": "a5ed4b06c01c1819", "professors": "f2cdb81eb8efccdb", "students": "e290de22ca36d87d", "groups": "9713a33ce5a6d79a", "classroom": "1b8bc4a9473f077d"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'ca0668734afd6bae0467cd773a5ec55dca0668734afd6bae0467cd773a5ec55d','{"name": "ab2675252aff4cda", "starts_at": "7f44a36d40eb8d0b", "ends_at": "1b55554cfdccc122", "professors": "db0447693738acec", "students": "242509212eba902e", "groups": "bd5e8ff4027fad18", "classroom": "24caddcb70219dc6"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'93c120b57ec5343035c0b09a70a7672493c120b57ec5343035c0b09a70a76724','{"name": "7e1a62b86a64a623", "starts_at": "467e0399199fc4eb", "ends_at": "0450b656409a837b", "professors": "f2cdb81eb8efccdb", "students": "e290de22ca36d87d", "groups": "9713a33ce5a6d79a", "classroom": "1b8bc4a9473f077d"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'d4dd41a0c6acb45ad8a2a871e7075ee3d4dd41a0c6acb45ad8a2a871e7075ee3','{"name": "a5e6f760fa595844", "starts_at": "70f3988da4f01bca", "ends_at": "7db43db4f771229d", "professors": "63697a1fe1b98937", "students": "e6341f97f2efef18", "groups": "6c8cbf880b256f8e", "classroom": "45c85678f605e464"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'07edbb1a93e12014dbd1f7de81864af107edbb1a93e12014dbd1f7de81864af1','{"name": "3343c2f6acd64211", "starts_at": "328e2e2457db7e84", "ends_at": "ddd4824b029ab4ab", "professors": "c6a8833df58dcbb1", "students": "e6341f97f2efef18", "groups": "6c8cbf880b256f8e", "classroom": "1b8bc4a9473f077d"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'b460c223d123bc0826189934068e750eb460c223d123bc0826189934068e750e','{"name": "b2f8b228e47608b1", "starts_at": "b210bcc34f2f1980", "ends_at": "0135b7583cc65e11", "professors": "db0447693738acec", "students": "ebb1f7b306a19c43", "groups": "a4f355b536742272", "classroom": "1b8bc4a9473f077d"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('8210312079dc4fe29ed38f4846647e8e','school','down','2026-11-28 12:34:20.527007','2026-11-28 12:34:26.355815','success','b1a3b69e6bd8','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 83, "erp": 9}}');
INSERT INTO "run" VALUES('b2a9df0e795d42a48e569b4e1dd812bf','school','up','2026-11-28 12:34:26.669347','2026-11-28 12:34:29.002864','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','0cbd9cd050c3f15cf1ce26552c4934e7');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "2a36d37e4b70d322", "entities.course.from": "067c703a1054c707", "entities.course.source_id": "1d4421ff12805b72", "filters.siteCodes": "9bfc061458737fa1", "formats.clock": "9e7c89fada9ce7f6", "formats.dashed": "7bada6b1fafdfb58", "formats.day": "c687ae25ce161427", "formats.minutes": "f2cfe3dcad5d2d6c", "resources.absences.get": "59d37884a84b9f2f", "resources.absences.key": "384d6052f56e4e3c", "resources.apprenants.get": "870a1df7928585d7", "resources.apprenants.key": "147d0d1cfd279c38", "resources.apprenants.query": "7429fef2e95779fc", "resources.comptes.get": "bfdac586829ed2b0", "resources.comptes.key": "9969e6d9d9233584", "resources.contacts.for_each": "83334370ba24c24b", "resources.contacts.get": "8d26c29b4ea242d9", "resources.contrats.as.dateDebContrat": "555cef74ca864f24", "resources.contrats.get": "9f4ca7d752e1caf2", "resources.contrats.ignore": "b1d571e6568ae13f", "resources.contrats.key": "1c576e00d7888ec8", "resources.contrats.query": "c049a7dff1e05289", "resources.contrats.when": "8ba4a5e7a95b8a8a", "resources.formateurs.get": "c1d886ed039c8e8e", "resources.formateurs.key": "497088962d3f1013", "resources.groupes.filter_by.siteCodes": "1e70c68bb5e14b0e", "resources.groupes.get": "2701655e69de48a9", "resources.groupes.ignore": "6772fdc853f49f26", "resources.groupes.key": "2f0c783b00a636db", "resources.groupes.query": "10a8c4b392771dff", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "949a9feafe551a0f", "resources.inscrits.from": "2632cd926a0a9d9f", "resources.inscrits.ignore": "73a3d36228745f5d", "resources.inscrits.items": "79b16e69b461da24", "resources.inscrits.key": "ee40009d9231380e", "resources.motifs.get": "61b9d9d1f1b39bea", "resources.motifs.key": "5ba46c156e0bea0c", "resources.periode.as.dateDeb": "b8451c9aa3073868", "resources.periode.as.dateFin": "1cc7fd1ee05aed6c", "resources.periode.get": "dd08dff9e39fdd4a", "resources.periode.ignore": "6f6e2998cf4290ed", "resources.periode.key": "1447bc5530cca948", "resources.periode.single": "beadc1606ecc4bd2", "resources.planning.as.date": "1390bfb0091d89b5", "resources.planning.as.heureDebut": "bc7ce8cac2767466", "resources.planning.as.heureFin": "c1c934862d3f5643", "resources.planning.for_each": "8de64d5bc921008c", "resources.planning.get": "281622526187e48b", "resources.planning.items": "0334f94dc5ed0142", "resources.planning.key": "c0b3fbc4fa66fc20", "resources.planning.same_key": "bbf95e5c7fc7d53d", "resources.salles.get": "c0f444d941c604e0", "resources.salles.key": "702f6d80a4c77ddb", "resources.sites.get": "a24d6134d8469d34", "resources.sites.key": "ed2cefeed6f50062", "resources.tutorats.add.contrat": "0a82897fac6ae5ab", "resources.tutorats.add.tuteur": "d5ea56cc48b49df4", "resources.tutorats.from": "898ec4f9d8f11ed2", "resources.tutorats.ignore": "28bb0e1bf8044ffb", "rules.vanished": "1441aa28ea676f95", "transport.auth": "60f4aa304a3714ab", "transport.base_url": "1348f99cb801a5da", "transport.headers": "740eaa1d5eba673a", "transport.kind": "70404a9b4059f0aa", "transport.shape": "c0434e526cefce2a", "zone": "f393eb338a2b8bc2"}, "nodes": {"all sessions": "d53e8d5579566c54"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "481caf1223a9a1f3", "status": "sent"}, "student:90212": {"content": "7c5faa25da04d35e", "status": "sent"}, "student:90213": {"content": "66f2e42194e80efb", "status": "sent"}, "student:90215": {"content": "112ddca6b700194b", "status": "sent"}}','2026-11-28 12:34:28.476702');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "7a75ce4835cf5e57", "status": "sent"}, "student:90212": {"content": "68e71583acd0f631", "status": "sent"}, "student:90213": {"content": "481caf1223a9a1f3", "status": "sent"}, "student:90215": {"content": "7c5faa25da04d35e", "status": "sent"}, "student:90217": {"content": "66f2e42194e80efb", "status": "sent"}, "student:90218": {"content": "112ddca6b700194b", "status": "sent"}}','2026-11-28 12:34:28.980007');
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
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_web_session_user ON web_session (user);
CREATE INDEX ix_act_connector ON act (connector);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_web_mail_address ON web_mail (address);
CREATE INDEX ix_web_identity_user ON web_identity (user);
COMMIT;
