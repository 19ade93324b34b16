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
INSERT INTO "alembic_version" VALUES('0018');
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
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["49ffd5a14a22aaa9","aa537cb4f137d892","f25d044555e19eae"],null],"43":[["64d0ab0025786faa","cf62c7866d2014da","dc6d31a93562226e","f979be9b345ee27b"],null],"44":[["35a2322f9a885a95","b67bd30ad444e870","b732a382be7edfe2"],null],"45":[["83bd9f0c870497d2","ff45c4f3d5f137cf"],null],"46":[["39b30fb9221a1ed0","b31cba32d9044a53","b732a382be7edfe2"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["691f34300899b1bc","88354475ea427473","95a5f08c3ae180b5","c2bd7c15544eac7e"],null],"90212":[["22acf3f1417884b5","3004c38141de554c","95060efcb378c16d"],null],"90213":[["32d93a9b9e287869","45c51811cdc6232b","ce27b88f57eba762"],null],"90214":[["470b57dd1d6ed039","f6ee7ecba2632366"],null],"90215":[["ded19e7d1cd58aba","f25d044555e19eae","fee01b457148b349"],null],"90217":[["03d58eb6e72402b3","64d0ab0025786faa","b67bd30ad444e870"],null],"90218":[["35a2322f9a885a95","f3dcbee6e9e73b63","ff45c4f3d5f137cf"],null],"90219":[["39b30fb9221a1ed0","83bd9f0c870497d2","f0d55fedecf4930f"],null],"90220":[["09a1167ac42d416d","9b92a937d53437d3","b31cba32d9044a53"],null],"90221":[["3856df3904fc6052","859d4927b270f374","b0182bb47e1bea8e"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["6bbe118e03117abb","8d487b8efbe26fc0","b7d66382efc6f032","e2c7a9be08ae9eac"],null],"1202":[["6bbe118e03117abb","8d487b8efbe26fc0","b7d66382efc6f032","dbe7905ba0b51880"],null],"1203":[["56e4d79b3f006621","e9b0475c7cdf9808"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["8d487b8efbe26fc0"],"2026-03-17T07:30:00+00:00"],"7712002":[["ced2687299aa4df1"],"2026-03-17T12:30:00+00:00"],"7712003":[["27bda18a201027d3"],"2026-03-18T07:30:00+00:00"],"7712004":[["e39205277573cf85"],"2026-03-19T08:00:00+00:00"],"7712005":[["12a098837471b8df"],"2026-03-20T07:30:00+00:00"],"7712006":[["e67cdd2a4c0b8c2d"],"2026-03-20T12:30:00+00:00"],"7712007":[["23d4ffc1ca73665b"],"2026-03-21T07:30:00+00:00"],"7712008":[["987456b8837efcb5"],"2026-03-21T12:30:00+00:00"],"7712009":[["b5cbe8221bae9279"],"2026-03-22T12:30:00+00:00"],"7712011":[["10f5c4751193ecc7"],"2026-03-23T07:30:00+00:00"],"7712013":[["98143b4edacf88af","e399f0f61f630b2b"],"2026-03-16T07:30:00+00:00"],"7712014":[["1eb859a68bd1846a"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'fd88af457d6e4212b2ed8d785f035533','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'96560b1341134a3fbcb05b54b71f9a1a','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'96560b1341134a3fbcb05b54b71f9a1a','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'96560b1341134a3fbcb05b54b71f9a1a','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'96560b1341134a3fbcb05b54b71f9a1a','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'96560b1341134a3fbcb05b54b71f9a1a','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 12070 on vm','2026-11-28 20:59:11.486822');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'04079c17da299d355870e7449fc250a304079c17da299d355870e7449fc250a3','{"last_name": "26d6665e15252f57", "first_name": "bb71fa0c183aab89", "email": "7f86340a49014f77"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'34b84329d7f95e75852264648564a1f834b84329d7f95e75852264648564a1f8','{"last_name": "01815064c2043a3d", "first_name": "626622e2a210ba6b", "email": "801f068fadadf9ed"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'d9253a1a9509d0d04db7a4013c8e2e3bd9253a1a9509d0d04db7a4013c8e2e3b','{"last_name": "6a95cc6968702579", "first_name": "fee68d231fb18d35", "email": "cacab912616d5fee"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'e1be766b270ee099ab520dcfcde1b1bee1be766b270ee099ab520dcfcde1b1be','{"last_name": "bec07e1457438127", "first_name": "3d34fefc291e8092", "email": "d18e2e9583f34a8c", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'44db66ede9ecb8115061867e9dcc3d5c44db66ede9ecb8115061867e9dcc3d5c','{"last_name": "a291baca16921be6", "first_name": "a5cc3b9cb944b0ed", "email": "1cc51b33018660fe", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'891419197e1fc4e4b7ea8a926c572858891419197e1fc4e4b7ea8a926c572858','{"last_name": "21be0f1e8c276127", "first_name": "9f6f45b53e55ac56", "email": "7b8784fbbe22634a", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'b44b21abb0df50615fd9311554c8a50ab44b21abb0df50615fd9311554c8a50a','{"last_name": "f076af0374abecf0", "first_name": "bb71fa0c183aab89", "email": "9fafaf2cada774ff", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'003f086704b70cca99406f5b64984462003f086704b70cca99406f5b64984462','{"last_name": "11d9cdb2dfd44e41", "first_name": "fee68d231fb18d35", "email": "cc430af9caf5514f", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'ed65a75515d0360236a56d4476acdea1ed65a75515d0360236a56d4476acdea1','{"last_name": "5291e231ef739925", "first_name": "b703ed28f73308ea", "email": "49e1bdce1b438761", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'2a6b042cd5983e935318db864668e2692a6b042cd5983e935318db864668e269','{"last_name": "dc01fb6652b8f297", "first_name": "ec2cb842439b01aa", "email": "1bf5fbad6bfb718e", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'b54afa5ba8e4e66aa8c099f501b928a3b54afa5ba8e4e66aa8c099f501b928a3','{"last_name": "6bba5c4354b2aa18", "first_name": "c54a0ea32f07952a", "email": "8e856f629fa3925c", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'44e98d2a221d42e299f07414e74bea4044e98d2a221d42e299f07414e74bea40','{"last_name": "f6452835cd5598e1", "first_name": "41976bd42dca22df", "email": "d9e4a39769b702a5", "externals": "5029353ce014df3a"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'07da5bf38c8e9e289740c52ed8af039307da5bf38c8e9e289740c52ed8af0393','{"name": "81c79303297762a6", "students": "f87f988d0755bfa2"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'22a44e45919dd2f4af988b177ab9b9b822a44e45919dd2f4af988b177ab9b9b8','{"name": "dddae2ba9e663921", "students": "710ab37586247eb1"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'d83446bc44fe3916682350e46e3e632fd83446bc44fe3916682350e46e3e632f','{"name": "c408d64634ab034e", "students": "7c45df0e67bb6960"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'3083f07a8e6a157cbf4b9ff4a2f2f8673083f07a8e6a157cbf4b9ff4a2f2f867','{"name": "26e5799a1d31ffd5", "starts_at": "a0a21b3842e9a6c2", "ends_at": "1587c8a8d47c6284", "professors": "c33d130b46d1078f", "students": "f87f988d0755bfa2", "groups": "fd871d480f483aa6", "classroom": "1d10c09c619e9a25"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'81aec57d2b3d59687e0ef394f09c3e4781aec57d2b3d59687e0ef394f09c3e47','{"name": "d2cdf6052fc5ad7a", "starts_at": "dc9f47642e6716fa", "ends_at": "798c79fa22466216", "professors": "cd19a5fda366214a", "students": "83d9bb2888df8f5f", "groups": "46e79c24b6691dcc", "classroom": "1807518c86fdc3a2"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'c287c6e5d358133dd3a4a5cc6ff1da6bc287c6e5d358133dd3a4a5cc6ff1da6b','{"name": "66008e2158e9c9c7", "starts_at": "f65c6a1b317c3a2a", "ends_at": "83b7e736bc883a63", "professors": "c33d130b46d1078f", "students": "f87f988d0755bfa2", "groups": "fd871d480f483aa6", "classroom": "1d10c09c619e9a25"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'0b188a62314da079992fddd7236960540b188a62314da079992fddd723696054','{"name": "caa054d024f8283e", "starts_at": "bf09ee92db83feda", "ends_at": "d290fc4d29230e6f", "professors": "e143bdf21f2bd570", "students": "710ab37586247eb1", "groups": "c107fd27976d4d48", "classroom": "761a1a4b4eae4eb0"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'e3e24613a72628ce29c6ede838466847e3e24613a72628ce29c6ede838466847','{"name": "30adb67c332daaa8", "starts_at": "5fdf3e21c7bd8d90", "ends_at": "d0892f952a2cdf08", "professors": "a4af0bbe43c4c412", "students": "710ab37586247eb1", "groups": "c107fd27976d4d48", "classroom": "1d10c09c619e9a25"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'1e64ffdbb3c30d2363e6e380481326f01e64ffdbb3c30d2363e6e380481326f0','{"name": "c6348bc91187bfb7", "starts_at": "c81951b0e8266cc0", "ends_at": "005bef5678095d54", "professors": "cd19a5fda366214a", "students": "7c45df0e67bb6960", "groups": "422b349f8f9dedf1", "classroom": "1d10c09c619e9a25"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('fd88af457d6e4212b2ed8d785f035533','school','down','2026-11-28 20:59:10.120788','2026-11-28 20:59:11.390125','success','89a4bb9ae199','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 84, "erp": 9}}');
INSERT INTO "run" VALUES('96560b1341134a3fbcb05b54b71f9a1a','school','up','2026-11-28 20:59:11.505200','2026-11-28 20:59:12.387422','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
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
INSERT INTO "setting" VALUES('key_check','43236c71333931d27d5466c630b595cc');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "da0481d0ff2e5499", "entities.course.from": "ec0ab6f1387eec1c", "entities.course.source_id": "9e37ad48507f27fd", "filters.siteCodes": "77a29f62e2a2b0a1", "formats.clock": "7658351d098ab26e", "formats.dashed": "bbd8e35a932fae27", "formats.day": "a51e90100d20da23", "formats.minutes": "9582b0f57daeb84f", "resources.absences.get": "9de94d0e4a92b97f", "resources.absences.key": "b9a812a76ca44971", "resources.apprenants.get": "9e7377330abcfd6e", "resources.apprenants.key": "fef065867627a207", "resources.apprenants.query": "516e82b925ce36b9", "resources.comptes.get": "e61be108f5fadbc3", "resources.comptes.key": "cd7fe237ce5d3f78", "resources.contacts.for_each": "39f7f610c349c863", "resources.contacts.get": "2194a3683cd968d4", "resources.contrats.as.dateDebContrat": "e956b8c30abafa99", "resources.contrats.get": "107be454b704a042", "resources.contrats.ignore": "00659d3467247be0", "resources.contrats.key": "cdd52e4421d92f88", "resources.contrats.query": "a8b7c95233bc9fb2", "resources.contrats.when": "7facf21585fb520f", "resources.formateurs.get": "30544a3cb2dce9b8", "resources.formateurs.key": "6f5e067f19ba799a", "resources.groupes.filter_by.siteCodes": "938198e52131df22", "resources.groupes.get": "8523da638db8d9d2", "resources.groupes.ignore": "2e0da9659d821289", "resources.groupes.key": "8917766eecb3e1cd", "resources.groupes.query": "7f8fc6e94d64da20", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "28df2afed8bd822c", "resources.inscrits.from": "979a1e325207a27f", "resources.inscrits.ignore": "bf1d2620bee18609", "resources.inscrits.items": "2505aca18f18d112", "resources.inscrits.key": "d223f4dc381ecae1", "resources.motifs.get": "263b54699b245b62", "resources.motifs.key": "9d22f95d0799c56e", "resources.periode.as.dateDeb": "69e93f5cebfdd39f", "resources.periode.as.dateFin": "c5e35dc693e04cfc", "resources.periode.get": "85a40f7278cba575", "resources.periode.ignore": "6bde4dd1b93e9b09", "resources.periode.key": "1ef2763ec30086ae", "resources.periode.single": "23b6d6f1eccd2033", "resources.planning.as.date": "430d5c3bb4328108", "resources.planning.as.heureDebut": "cce747ea809f1922", "resources.planning.as.heureFin": "d063cc1631336edb", "resources.planning.for_each": "dddf284501afd6a4", "resources.planning.get": "1549b7e83febc5b0", "resources.planning.items": "08a53d854d7d4abd", "resources.planning.key": "f98143f69e4052ed", "resources.planning.same_key": "1c88c73678b3c519", "resources.salles.get": "25a43bd2a9139664", "resources.salles.key": "e30c623343fb0ea9", "resources.sites.get": "72dacfbade40a508", "resources.sites.key": "92a18c9e345a48ec", "resources.tutorats.add.contrat": "c2170a28e70cdb52", "resources.tutorats.add.tuteur": "5b72942b209dcfff", "resources.tutorats.from": "0dfd5a3349161069", "resources.tutorats.ignore": "0c90c07ea31cb1e6", "rules.vanished": "5136bf19e87711d3", "transport.auth": "b584a630b3d87449", "transport.base_url": "6a22559493d0ee80", "transport.headers": "9ceccd2114137e2b", "transport.kind": "fd330bda18e93190", "transport.shape": "9e3d54c228c5ab9c", "zone": "9df3733a829f2518"}, "nodes": {"all sessions": "d931e4b0ec5900ca"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "3773c62589853f39", "status": "sent"}, "student:90212": {"content": "3c6c650ea53e9090", "status": "sent"}, "student:90213": {"content": "9c59c8c3e00d6164", "status": "sent"}, "student:90215": {"content": "7ba900b56c98e289", "status": "sent"}}','2026-11-28 20:59:11.850046');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "7e089fd620ce8e45", "status": "sent"}, "student:90212": {"content": "8535b9b63792178b", "status": "sent"}, "student:90213": {"content": "3773c62589853f39", "status": "sent"}, "student:90215": {"content": "3c6c650ea53e9090", "status": "sent"}, "student:90217": {"content": "9c59c8c3e00d6164", "status": "sent"}, "student:90218": {"content": "7ba900b56c98e289", "status": "sent"}}','2026-11-28 20:59:12.375784');
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
CREATE INDEX ix_hint_settles ON hint (settles_at);
CREATE INDEX ix_web_session_user ON web_session (user);
CREATE INDEX ix_web_mail_address ON web_mail (address);
CREATE INDEX ix_web_identity_user ON web_identity (user);
CREATE INDEX ix_act_connector ON act (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
CREATE INDEX ix_link_edusign ON link (edusign_id);
CREATE INDEX ix_run_connector ON run (connector);
CREATE INDEX ix_run_last ON run (connector, direction, started_at, status);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_slot_state ON slot (state, again_at);
CREATE INDEX ix_taken_run ON taken (run);
COMMIT;
