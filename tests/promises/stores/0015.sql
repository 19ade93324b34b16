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
INSERT INTO "alembic_version" VALUES('0015');
CREATE TABLE clue (
	connector VARCHAR(128) NOT NULL, 
	account VARCHAR(128) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_clue PRIMARY KEY (connector, account, kind)
);
INSERT INTO "clue" VALUES('school','main','professor','{"42":[["912a2761e14a53a7","93fcc5d7214c1796","dfaaf671feb2755a"],null],"43":[["31bccfb2501eccf2","8367af074d44cade","93ddf1d0d8e68a74","acbc77322846e9c3"],null],"44":[["24fa74dbb8eb56f4","6b34764d02966408","6f1b04707a0a7268"],null],"45":[["07d59d30355806f2","6dd23d0be962f2d5"],null],"46":[["5a2cdaec9ca36ec7","6b34764d02966408","d9662a6e354f5be0"],null]}');
INSERT INTO "clue" VALUES('school','main','student','{"90211":[["1279e53fed83c45f","152b181c500020be","46454892084f3bc3","c30eaf3d5fb4ad20"],null],"90212":[["03b07dd48f71ea12","92804fda6303c178","dc29f2f98d217859"],null],"90213":[["7a41fd07dac955de","f780e9fa2b0ce2c8","f86922411f292ebd"],null],"90214":[["043860df12a08504","f32f7fa9d4a97d92"],null],"90215":[["30fa702165a0f9cd","dfaaf671feb2755a","eca931c47f1f2251"],null],"90217":[["24fa74dbb8eb56f4","acbc77322846e9c3","e2a9e26e9bcedeab"],null],"90218":[["07d59d30355806f2","68216f2131a69ffa","6f1b04707a0a7268"],null],"90219":[["292eb7dbe17dd046","5a2cdaec9ca36ec7","6dd23d0be962f2d5"],null],"90220":[["0d0a7be611f88957","a0a5648d962ee1e7","d9662a6e354f5be0"],null],"90221":[["5dd4b3d72420ffbb","7cb42f83e8ddfd0d","7d48318e3cecefaa"],null]}');
INSERT INTO "clue" VALUES('school','main','group','{"1201":[["7f1d9470baa472c1","bdc3518c45f7dace","d6dada77952a9567","fae8583d8b9e1c12"],null],"1202":[["7f1d9470baa472c1","af02ebcd9b3e50fd","d6dada77952a9567","fae8583d8b9e1c12"],null],"1203":[["1c14f1eb55ee7156","9f8a4f5697c63115"],null]}');
INSERT INTO "clue" VALUES('school','main','course','{"7712001":[["7f1d9470baa472c1"],"2026-03-17T07:30:00+00:00"],"7712002":[["ee88a4389f7bac87"],"2026-03-17T12:30:00+00:00"],"7712003":[["382a99c4ba01a5a7"],"2026-03-18T07:30:00+00:00"],"7712004":[["a8381e71b1b7530c"],"2026-03-19T08:00:00+00:00"],"7712005":[["fb6b094a28ae4839"],"2026-03-20T07:30:00+00:00"],"7712006":[["c7792fb21e8abd4c"],"2026-03-20T12:30:00+00:00"],"7712007":[["66b64170f3fbda21"],"2026-03-21T07:30:00+00:00"],"7712008":[["002bba4831cd4bc2"],"2026-03-21T12:30:00+00:00"],"7712009":[["f94e02ad67b9cc41"],"2026-03-22T12:30:00+00:00"],"7712011":[["f000a2c3e603dff9"],"2026-03-23T07:30:00+00:00"],"7712013":[["f92c0960eb9e8f50","ff542cbbc37a8448"],"2026-03-16T07:30:00+00:00"],"7712014":[["5a179e062eb4a1ac"],"2026-03-15T07:30:00+00:00"]}');
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
INSERT INTO "event" VALUES(1,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:166','no email');
INSERT INTO "event" VALUES(2,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:107',NULL);
INSERT INTO "event" VALUES(3,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:197','is empty');
INSERT INTO "event" VALUES(4,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:179','no email');
INSERT INTO "event" VALUES(5,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:197','professor 45: no email');
INSERT INTO "event" VALUES(6,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:194','is empty');
INSERT INTO "event" VALUES(7,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:195','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:179','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:197','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:198','none of 1 is valid');
INSERT INTO "event" VALUES(12,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:117',NULL);
INSERT INTO "event" VALUES(13,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'699dcc665fe2403f933fbb71f917ddda','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'7c67b062175c439d965170caa960bc2e','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'7c67b062175c439d965170caa960bc2e','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'7c67b062175c439d965170caa960bc2e','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'7c67b062175c439d965170caa960bc2e','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'3 lines, nothing to write for 1');
INSERT INTO "event" VALUES(38,'7c67b062175c439d965170caa960bc2e','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'5 lines, nothing to write for 1');
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
INSERT INTO "lease" VALUES('school',2,'process 28616 on vm','2026-11-28 12:38:24.946136');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'e2c1ef445a9b5d4e497788e7be9ffc1fe2c1ef445a9b5d4e497788e7be9ffc1f','{"last_name": "864955e8b2d6f9ab", "first_name": "e7710b601582739e", "email": "9116aba5cc3bca43"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'f270418c068ab008a0ee9df89ee12632f270418c068ab008a0ee9df89ee12632','{"last_name": "654f3ebc1d530e4c", "first_name": "78fdb9116109db2a", "email": "6b013cce9f574a14"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'ddb3d59262a0083ff0b466a0254ea366ddb3d59262a0083ff0b466a0254ea366','{"last_name": "a5817eafbb1bb9b0", "first_name": "7df1f27b47f63dc9", "email": "31e5d90da8f6a8ed"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'ded71f8b1d4cee4ababd3d12dde21cf1ded71f8b1d4cee4ababd3d12dde21cf1','{"last_name": "19dac0cd38bd6732", "first_name": "c4ac979f1fad3099", "email": "bff9b550d1070ff0", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'47e5a18b2b0b3a3bba7671d88ca3049247e5a18b2b0b3a3bba7671d88ca30492','{"last_name": "0575d843cc7a3324", "first_name": "f791e60418fc15dd", "email": "a1a108e857a14a99", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'7e992af32e5aa498fc215b8f22724ffa7e992af32e5aa498fc215b8f22724ffa','{"last_name": "9d29ba948d798e3f", "first_name": "c6252c6c82254ba8", "email": "bd5a6519439a0f9a", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'1c65fb342af72f222d6d158096e09aa31c65fb342af72f222d6d158096e09aa3','{"last_name": "ae8be076e860b873", "first_name": "e7710b601582739e", "email": "f51ec3ad34526351", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'e3f1290802fb33fea5cef3b81adfcf2de3f1290802fb33fea5cef3b81adfcf2d','{"last_name": "6e54a49ec79157bf", "first_name": "7df1f27b47f63dc9", "email": "f1a0c2f5b417b144", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'0a3905c015dd4aeb5cb9573f27a307d20a3905c015dd4aeb5cb9573f27a307d2','{"last_name": "17fc02be9cde28b4", "first_name": "686c24810bb66157", "email": "2893bd3da68cf688", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'8e5a13e4b8177a8a3315efd5617a4d9e8e5a13e4b8177a8a3315efd5617a4d9e','{"last_name": "be2363354e1c88f1", "first_name": "371da98bb4bfad77", "email": "51717e2a04b120ff", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'f680edc8f5ef4f88ca8776d4fcb45771f680edc8f5ef4f88ca8776d4fcb45771','{"last_name": "18fc6275d8063976", "first_name": "083a64f7b46d8f2d", "email": "f9c41ecb3098db24", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'c58941f0ad35223c79762915de6164d9c58941f0ad35223c79762915de6164d9','{"last_name": "4d4743ef4dca46f4", "first_name": "1e18a4b86eea79f9", "email": "23cb28fcac5ddcc1", "externals": "ab3df5a0d0dd1288"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'c6651e7035c0232940b191bc22051cf9c6651e7035c0232940b191bc22051cf9','{"name": "16917526f6e13928", "students": "1250ec6d3d2c9d1b"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'48b4ac1aba3a7c6f62c705381a89df3048b4ac1aba3a7c6f62c705381a89df30','{"name": "2a37c5d6aa4bea20", "students": "bfef7966811b46db"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'6c941ad516ab4b645f885285b1fbc4a96c941ad516ab4b645f885285b1fbc4a9','{"name": "476e2ff538f94d35", "students": "edc5753afc861aa7"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'6fceb96f8176cd886977e2d0433ec00e6fceb96f8176cd886977e2d0433ec00e','{"name": "5e06e0467662f477", "starts_at": "3e1cdae57b1e6909", "ends_at": "0d0dee5d07d4df41", "professors": "e74c4d33007b9e74", "students": "1250ec6d3d2c9d1b", "groups": "fbefd0f1125094f1", "classroom": "8e1c225bd5f91f04"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'fae65e38990d21457593666afc203112fae65e38990d21457593666afc203112','{"name": "55d0d03c471f6637", "starts_at": "1b2a3d208d7f5223", "ends_at": "441adf30ac423e91", "professors": "c734f8cbd3ccb80b", "students": "dda459dafb9391de", "groups": "a7d107c48116c162", "classroom": "8ee098e72a3f43a3"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'a2f26972caf66a330e21e679d0349496a2f26972caf66a330e21e679d0349496','{"name": "915a6460be692d7b", "starts_at": "afe6da7e16cfa57f", "ends_at": "202f298dc03ce0db", "professors": "e74c4d33007b9e74", "students": "1250ec6d3d2c9d1b", "groups": "fbefd0f1125094f1", "classroom": "8e1c225bd5f91f04"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'2982fe4bc6f9cd004704a192b72ae5612982fe4bc6f9cd004704a192b72ae561','{"name": "509c2e679e37020f", "starts_at": "3223cae2baaa0588", "ends_at": "f504cd3c49e5acbb", "professors": "038ba54ed2a24114", "students": "bfef7966811b46db", "groups": "82fab971c4aa1d77", "classroom": "61d8ce5dabbea013"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'86fa140a6c755152d9508c4db1d8523d86fa140a6c755152d9508c4db1d8523d','{"name": "d02e9ba2ba806bc6", "starts_at": "1a3441124e79b247", "ends_at": "0ad57fc069a671dd", "professors": "2f0e3e4af53aabf0", "students": "bfef7966811b46db", "groups": "82fab971c4aa1d77", "classroom": "8e1c225bd5f91f04"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'316e07f1311a37b1a50fb1b131eb237a316e07f1311a37b1a50fb1b131eb237a','{"name": "557d2635f82a06a0", "starts_at": "42997457e00206ca", "ends_at": "e9308213342a9e15", "professors": "c734f8cbd3ccb80b", "students": "edc5753afc861aa7", "groups": "78880ec408ab716a", "classroom": "8e1c225bd5f91f04"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('699dcc665fe2403f933fbb71f917ddda','school','down','2026-11-28 12:38:20.597416','2026-11-28 12:38:24.611999','success','1aedd5ac234d','{"at": "2026-03-16T11:30:00+01:00", "lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null, "requests": {"edusign": 83, "erp": 9}}');
INSERT INTO "run" VALUES('7c67b062175c439d965170caa960bc2e','school','up','2026-11-28 12:38:24.981621','2026-11-28 12:38:26.742401','success',NULL,'{"at": "2026-03-17T20:30:00+01:00", "requests": {"edusign": 8, "erp": 12}, "looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}, "rows_on": {"main": {"absences": ["2026-03-17"]}}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','2742c997525f9f74b604b64b63c18372');
INSERT INTO "setting" VALUES('file/3f73c1440fea96242361c91623ccafc5','"/school/connector.yaml"');
INSERT INTO "setting" VALUES('school/61b59ed3eed70d3bf7bc2930e2a34259','"school-sandbox"');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "093c3f38fb475ab4", "entities.course.from": "b7d6039012fef7fa", "entities.course.source_id": "eaf488df421bd565", "filters.siteCodes": "95356fd97fc3f64c", "formats.clock": "e9be7dff12c9612b", "formats.dashed": "a9f05b8eb5769876", "formats.day": "e35a6184e8d9b1de", "formats.minutes": "3b73c7edda6ca1d4", "resources.absences.get": "42695e6ef5f2b12c", "resources.absences.key": "54e51d17dcf13f9b", "resources.apprenants.get": "d629b3d24af55329", "resources.apprenants.key": "e692ea54045c32b4", "resources.apprenants.query": "517f411eb5cc03a9", "resources.comptes.get": "c53b5ee2d78aa432", "resources.comptes.key": "6b964fc9566bac8c", "resources.contacts.for_each": "8402b91534e73009", "resources.contacts.get": "a751cec24572691f", "resources.contrats.as.dateDebContrat": "5e4ea99bf9df3ed1", "resources.contrats.get": "70003f9f7ef3fc02", "resources.contrats.ignore": "b14d4df1d92c76f9", "resources.contrats.key": "d9e722c91f19472d", "resources.contrats.query": "c1cb126831f8e4ee", "resources.contrats.when": "40ffd1cb0d564928", "resources.formateurs.get": "20e4d55391a62ec5", "resources.formateurs.key": "7e0320d805cf91f8", "resources.groupes.filter_by.siteCodes": "5e9f6037fcd53905", "resources.groupes.get": "3eabf831c7738ee9", "resources.groupes.ignore": "dc10582dfc0b1a9a", "resources.groupes.key": "ec9a687ff3b2fc61", "resources.groupes.query": "da79fcaa7102c800", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "2ee11931d9a75387", "resources.inscrits.from": "7fdc928abd4ce166", "resources.inscrits.ignore": "eab4a2f3c8e7bdc6", "resources.inscrits.items": "33024bc4aa2e42b4", "resources.inscrits.key": "42032235e51464b0", "resources.motifs.get": "4c078669c1bdb4f3", "resources.motifs.key": "dff6a7b05d4f6009", "resources.periode.as.dateDeb": "30605fff11d5e752", "resources.periode.as.dateFin": "23bbe40670086003", "resources.periode.get": "7c9a2516c8e4e0bb", "resources.periode.ignore": "a8523627c54e71bb", "resources.periode.key": "26fa0654fb672218", "resources.periode.single": "c79f8697f40d0a2f", "resources.planning.as.date": "52c4fdbc47966854", "resources.planning.as.heureDebut": "ee54ee891f30427f", "resources.planning.as.heureFin": "43b636d6de2046aa", "resources.planning.for_each": "9c95317aa1289339", "resources.planning.get": "944edcda8db75a05", "resources.planning.items": "31db5ecb839c633d", "resources.planning.key": "666f2c7c78d9e449", "resources.planning.same_key": "2a4766e7d21d031c", "resources.salles.get": "93199ca0fd1d3aa0", "resources.salles.key": "20664bdb0db5f300", "resources.sites.get": "91699e4050fe918c", "resources.sites.key": "dcf137dbad3449d8", "resources.tutorats.add.contrat": "b4f8ebe523e24b4c", "resources.tutorats.add.tuteur": "e9b2a0e4ce010af7", "resources.tutorats.from": "0ce47cc6515836de", "resources.tutorats.ignore": "0ab246c0df484063", "rules.vanished": "d08f0684c10eeea4", "transport.auth": "a28194e6710c6208", "transport.base_url": "9822290cf1f7b4c4", "transport.headers": "a10dbe18df99b168", "transport.kind": "0005b94d1f7b62bd", "transport.shape": "202a1e20d652fc29", "zone": "9e92936a23af91a3"}, "nodes": {"all sessions": "2897f8dca3d1ac95"}, "held": {}}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "283a70e68a54a787", "status": "sent"}, "student:90212": {"content": "82c246b4347b8ded", "status": "sent"}, "student:90213": {"content": "75964fab7b74d862", "status": "sent"}, "student:90215": {"content": "ac8e60e4ceaf853d", "status": "sent"}}','2026-11-28 12:38:26.337670');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "357fd6545aa01803", "status": "sent"}, "student:90212": {"content": "9c39f4b497597eb2", "status": "sent"}, "student:90213": {"content": "283a70e68a54a787", "status": "sent"}, "student:90215": {"content": "82c246b4347b8ded", "status": "sent"}, "student:90217": {"content": "75964fab7b74d862", "status": "sent"}, "student:90218": {"content": "ac8e60e4ceaf853d", "status": "sent"}}','2026-11-28 12:38:26.695115');
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
CREATE INDEX ix_taken_run ON taken (run);
COMMIT;
