BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
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
INSERT INTO "event" VALUES(1,'45d662e525174404a0a9deb659f15d9d','main','DOWN_STUDENT_FIELD_MISSING','warning','student','90214',NULL,'email','specs/ypareo.yaml:154','no email');
INSERT INTO "event" VALUES(2,'45d662e525174404a0a9deb659f15d9d','main','DOWN_STUDENT_FILTERED','info','student','90216',NULL,NULL,'specs/ypareo.yaml:95',NULL);
INSERT INTO "event" VALUES(3,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_NO_PROFESSOR','warning','course','7712005',NULL,'professors','specs/ypareo.yaml:186','is empty');
INSERT INTO "event" VALUES(4,'45d662e525174404a0a9deb659f15d9d','main','DOWN_PROFESSOR_FIELD_MISSING','warning','professor','45',NULL,'email','specs/ypareo.yaml:167','no email');
INSERT INTO "event" VALUES(5,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_PROFESSOR_INVALID','warning','course','7712006',NULL,'professors','specs/ypareo.yaml:186','professor 45: no email');
INSERT INTO "event" VALUES(6,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_FIELD_MISSING','warning','course','7712010',NULL,'name','specs/ypareo.yaml:183','is empty');
INSERT INTO "event" VALUES(7,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_SAME_DAY','info','course','7712013',NULL,'starts_at','specs/ypareo.yaml:184','it starts on 2026-03-16');
INSERT INTO "event" VALUES(8,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_PAST','info','course','7712014',NULL,'starts_at','specs/ypareo.yaml:184','it starts on 2026-03-15');
INSERT INTO "event" VALUES(9,'45d662e525174404a0a9deb659f15d9d','main','DOWN_PROFESSOR_EMAIL_DUPLICATE','warning','professor','46',NULL,'email','specs/ypareo.yaml:167','the same e-mail as professor 44');
INSERT INTO "event" VALUES(10,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE','warning','course','7712008',NULL,'professors','specs/ypareo.yaml:186','the same e-mail as professor 44');
INSERT INTO "event" VALUES(11,'45d662e525174404a0a9deb659f15d9d','main','DOWN_COURSE_NO_VALID_STUDENT','warning','course','7712009',NULL,'students','specs/ypareo.yaml:187','none of 1 is valid');
INSERT INTO "event" VALUES(12,'45d662e525174404a0a9deb659f15d9d','main','DOWN_TUTOR_OFF','info','external',NULL,NULL,NULL,'specs/ypareo.yaml:105',NULL);
INSERT INTO "event" VALUES(13,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','professor','42','p07919sandbox001',NULL,NULL,NULL);
INSERT INTO "event" VALUES(14,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','professor','43','p15838sandbox002',NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','professor','44','p23757sandbox003',NULL,NULL,NULL);
INSERT INTO "event" VALUES(16,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90211','s31676sandbox004',NULL,NULL,NULL);
INSERT INTO "event" VALUES(17,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90212','s39595sandbox005',NULL,NULL,NULL);
INSERT INTO "event" VALUES(18,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90213','s47514sandbox006',NULL,NULL,NULL);
INSERT INTO "event" VALUES(19,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90215','s55433sandbox007',NULL,NULL,NULL);
INSERT INTO "event" VALUES(20,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90217','s63352sandbox008',NULL,NULL,NULL);
INSERT INTO "event" VALUES(21,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90218','s71271sandbox009',NULL,NULL,NULL);
INSERT INTO "event" VALUES(22,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90219','s79190sandbox010',NULL,NULL,NULL);
INSERT INTO "event" VALUES(23,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90220','s87109sandbox011',NULL,NULL,NULL);
INSERT INTO "event" VALUES(24,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','student','90221','s95028sandbox012',NULL,NULL,NULL);
INSERT INTO "event" VALUES(25,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','group','1201','g102947sandbox013',NULL,NULL,NULL);
INSERT INTO "event" VALUES(26,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','group','1202','g110866sandbox014',NULL,NULL,NULL);
INSERT INTO "event" VALUES(27,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','group','1203','g118785sandbox015',NULL,NULL,NULL);
INSERT INTO "event" VALUES(28,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','course','7712001','c126704sandbox016',NULL,NULL,NULL);
INSERT INTO "event" VALUES(29,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','course','7712002','c166299sandbox021',NULL,NULL,NULL);
INSERT INTO "event" VALUES(30,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','course','7712011','c221732sandbox028',NULL,NULL,NULL);
INSERT INTO "event" VALUES(31,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','course','7712003','c261327sandbox033',NULL,NULL,NULL);
INSERT INTO "event" VALUES(32,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','course','7712007','c285084sandbox036',NULL,NULL,NULL);
INSERT INTO "event" VALUES(33,'45d662e525174404a0a9deb659f15d9d','main','DOWN_CREATED','info','course','7712004','c308841sandbox039',NULL,NULL,NULL);
INSERT INTO "event" VALUES(34,'c8622f73410b4ec8a7ac5bb8f759ce5b','main','UP_REASON_UNKNOWN','warning','student','90213','c126704sandbox016','7712001',NULL,NULL);
INSERT INTO "event" VALUES(35,'c8622f73410b4ec8a7ac5bb8f759ce5b','main','UP_STATUS_UNSUPPORTED','info','student','90212','c166299sandbox021','7712002',NULL,'excluded sent as absent');
INSERT INTO "event" VALUES(36,'c8622f73410b4ec8a7ac5bb8f759ce5b','main','UP_REASON_UNKNOWN','warning','student','90217','c166299sandbox021','7712002',NULL,NULL);
INSERT INTO "event" VALUES(37,'c8622f73410b4ec8a7ac5bb8f759ce5b','main','UP_SENT','info','course','7712001','c126704sandbox016',NULL,NULL,'4 lines');
INSERT INTO "event" VALUES(38,'c8622f73410b4ec8a7ac5bb8f759ce5b','main','UP_SENT','info','course','7712002','c166299sandbox021',NULL,NULL,'6 lines');
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
INSERT INTO "lease" VALUES('school',2,'process 21386 on vm','2026-11-28 12:31:01.572753');
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
INSERT INTO "link" VALUES('school','main','professor','42','p07919sandbox001',1,0,'57081022459e5cd5d00170c9f8d2403757081022459e5cd5d00170c9f8d24037','{"last_name": "922c3ea2ea017d75", "first_name": "60846eefed7667f9", "email": "6badeb851f4f889e"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','43','p15838sandbox002',1,0,'2d59d4fd249cfa38c1cd0fadf911a1252d59d4fd249cfa38c1cd0fadf911a125','{"last_name": "b3e9129dbb62b679", "first_name": "b279eb88583327f4", "email": "18c78cec7433b1a9"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','professor','44','p23757sandbox003',1,0,'680a6b6567ca647457bf18c034bf49f5680a6b6567ca647457bf18c034bf49f5','{"last_name": "d2dac607d109c467", "first_name": "d1853514bce9b2ba", "email": "b383c8e4e9d690a2"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90211','s31676sandbox004',1,0,'099e812a32d8ec61382a369eeb504a5f099e812a32d8ec61382a369eeb504a5f','{"last_name": "36cf2943e0dfc70b", "first_name": "ec840848c373f780", "email": "8fd67d84ab45a1bb", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90212','s39595sandbox005',1,0,'6970820ef0a210b772857cd70fcc67056970820ef0a210b772857cd70fcc6705','{"last_name": "068f67df2dd1a9ac", "first_name": "df78d4228f4d2249", "email": "a6d14459a69f863e", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90213','s47514sandbox006',1,0,'41f63b3b09ff2aa69acee64e5913c93541f63b3b09ff2aa69acee64e5913c935','{"last_name": "17dea92e713a04c3", "first_name": "8a61154c892d28aa", "email": "b790093f15f75120", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90215','s55433sandbox007',1,0,'d1586aa88e15239055da04665e654b6bd1586aa88e15239055da04665e654b6b','{"last_name": "6d565197e4c18cfc", "first_name": "60846eefed7667f9", "email": "a53963c999c7cdc6", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90217','s63352sandbox008',1,0,'9c053172f93cff3d0cc170c1d5c5868a9c053172f93cff3d0cc170c1d5c5868a','{"last_name": "2b0572f7308fb7fc", "first_name": "d1853514bce9b2ba", "email": "6a60a113fd53d86a", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90218','s71271sandbox009',1,0,'2cf24ab5334362d4d4efc88a751e30282cf24ab5334362d4d4efc88a751e3028','{"last_name": "7e0f944077b0188f", "first_name": "f484bf2b998dcf6e", "email": "109089546c19ec66", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90219','s79190sandbox010',1,0,'3010c7311b219a20690e95e4cbb356823010c7311b219a20690e95e4cbb35682','{"last_name": "532038653fab2e0f", "first_name": "753309e63b661f4e", "email": "624ea3943be98f90", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90220','s87109sandbox011',1,0,'e72fcf59f0f5aadaa01f16a0e6d37e46e72fcf59f0f5aadaa01f16a0e6d37e46','{"last_name": "2b95d7e137ad8e97", "first_name": "6a3e82e2ff53b6dd", "email": "f42608aeeb84e463", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','student','90221','s95028sandbox012',1,0,'a05330018ed3aaf3e0f268d3fff4279ea05330018ed3aaf3e0f268d3fff4279e','{"last_name": "d4ee2be6b709c1c5", "first_name": "5561c37411a310ba", "email": "c242cb414f70c1a9", "externals": "2713ff69e66a4747"}','[]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1201','g102947sandbox013',1,0,'0ee68f8eb3cf1b1f3b8300e7c7cf5a580ee68f8eb3cf1b1f3b8300e7c7cf5a58','{"name": "bef568fcadfebee7", "students": "9d2318691b31fa1e"}','["90211", "90212", "90213", "90215"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1202','g110866sandbox014',1,0,'d21e8275c7c81d1e3ddee7e2857dfc12d21e8275c7c81d1e3ddee7e2857dfc12','{"name": "d8094badf2e45aab", "students": "5e179e1937f85bbe"}','["90217", "90218"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','group','1203','g118785sandbox015',1,0,'294c7506cf9538435a8fc049076a4b81294c7506cf9538435a8fc049076a4b81','{"name": "6482facad3e9b889", "students": "765c9b0d18dd43b4"}','["90219", "90220", "90221"]',NULL,'{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712001','c126704sandbox016',1,0,'df2975a38db63c984131c2478048e8dfdf2975a38db63c984131c2478048e8df','{"name": "60d9a306ad105a85", "starts_at": "290d8eed7113966a", "ends_at": "34ccfae457a38fb9", "professors": "123fad078bb3a272", "students": "9d2318691b31fa1e", "groups": "0bea4ddd411e1e3b", "classroom": "edf5107a03fcb6aa"}','["90211", "90212", "90213", "90215"]','2026-03-17 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712002','c166299sandbox021',1,0,'4971c5c10e01803dd4d4c5627aad1a104971c5c10e01803dd4d4c5627aad1a10','{"name": "0d56dfe64b66e587", "starts_at": "570683e3e96f25dd", "ends_at": "c997555dad941ed6", "professors": "455e832642fea7df", "students": "6aa1868601a9c3be", "groups": "774ed8608ac3f996", "classroom": "55857666d7073393"}','["90211", "90212", "90213", "90215", "90217", "90218"]','2026-03-17 12:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712011','c221732sandbox028',1,0,'74858a255dbd97dd693525136942f66074858a255dbd97dd693525136942f660','{"name": "070f68a959060bb7", "starts_at": "f4068e0a6ee4f9ed", "ends_at": "84ee55800bfef2b3", "professors": "123fad078bb3a272", "students": "9d2318691b31fa1e", "groups": "0bea4ddd411e1e3b", "classroom": "edf5107a03fcb6aa"}','["90211", "90212", "90213", "90215"]','2026-03-23 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712003','c261327sandbox033',1,0,'6b914ec6256657acb34f1afa18a4d10e6b914ec6256657acb34f1afa18a4d10e','{"name": "e45fd67838393fa4", "starts_at": "ec11fe7e509235cb", "ends_at": "3cdef2e5684cfb63", "professors": "3d4c0675d22e2966", "students": "5e179e1937f85bbe", "groups": "6da66056d2d9cb4d", "classroom": "a61b3d2e389d214d"}','["90217", "90218"]','2026-03-18 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712007','c285084sandbox036',1,0,'cb6b0e4a1a0fa61f8404074990881fc9cb6b0e4a1a0fa61f8404074990881fc9','{"name": "3fe5c26a34b33829", "starts_at": "b5750560be6c2549", "ends_at": "6551aed1ee0564c9", "professors": "bca8cb8d8addc9dc", "students": "5e179e1937f85bbe", "groups": "6da66056d2d9cb4d", "classroom": "edf5107a03fcb6aa"}','["90217", "90218"]','2026-03-21 07:30:00.000000','{}','2026-03-16 10:30:00.000000');
INSERT INTO "link" VALUES('school','main','course','7712004','c308841sandbox039',1,0,'7f53e77d5243977597f37094a8eec1787f53e77d5243977597f37094a8eec178','{"name": "62a03e27ba20808a", "starts_at": "c674094348a882d1", "ends_at": "865b322f1f46ce16", "professors": "455e832642fea7df", "students": "765c9b0d18dd43b4", "groups": "b75792837d0b4139", "classroom": "edf5107a03fcb6aa"}','["90219", "90220", "90221"]','2026-03-19 08:00:00.000000','{}','2026-03-16 10:30:00.000000');
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
INSERT INTO "run" VALUES('45d662e525174404a0a9deb659f15d9d','school','down','2026-11-28 12:30:56.411187','2026-11-28 12:31:01.366880','success','7636ca3ab827','{"lists": {"main": {"formateurs": 5, "inscrits": 14, "apprenants": 11, "periode": 2, "comptes": 11, "tutorats": 10, "groupes": 4, "salles": 2, "planning": 14}}, "looked_at": {"main": "2026-03-16T10:30:00+00:00"}, "files": {"main": {}}, "held": null}');
INSERT INTO "run" VALUES('c8622f73410b4ec8a7ac5bb8f759ce5b','school','up','2026-11-28 12:31:01.589307','2026-11-28 12:31:02.584757','success',NULL,'{"looked_at": "2026-03-17T20:30:00+01:00", "after": {"main": ""}}');
CREATE TABLE setting (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('key_check','7b31308adedcecbfcf85e914362b7d66');
INSERT INTO "setting" VALUES('scope/61b59ed3eed70d3bf7bc2930e2a34259','{"version": 1, "keys": {"connection.url": "3b81569d810dfc4a", "entities.course.from": "183044435aea46b3", "entities.course.source_id": "ded83ae90549d0e4", "filters.siteCodes": "dc197520f4d2f3b9", "formats.clock": "023100a0b95d2428", "formats.dashed": "f77a29364d8c0bfa", "formats.day": "fe4ef8614dc8047e", "formats.minutes": "b27b3bf2b042c6d1", "resources.absences.get": "39544a0803d3436e", "resources.absences.key": "99ed1bcffdc91c84", "resources.apprenants.get": "2cdb69395e0ac665", "resources.apprenants.key": "0d82d7cd32b38dc6", "resources.apprenants.query": "3da0a5d0f0ffec71", "resources.comptes.get": "6e0aee1b677f0acf", "resources.comptes.key": "b123fb3e12935b9a", "resources.contacts.for_each": "38ab825a08f4029f", "resources.contacts.get": "efc973c1b8a1827b", "resources.contrats.as.dateDebContrat": "d114ecd1735039bf", "resources.contrats.get": "4b720d2a878aee4f", "resources.contrats.ignore": "105b44bc36b43fd1", "resources.contrats.key": "e2198f35738cdf16", "resources.contrats.query": "ad707a4332a4f46d", "resources.contrats.when": "b6b84d351bbec1ba", "resources.formateurs.get": "835a64b08397b3fe", "resources.formateurs.key": "f595be380f0fc4c0", "resources.groupes.filter_by.siteCodes": "808e39a4e5eed444", "resources.groupes.get": "20767337ab3ffe20", "resources.groupes.ignore": "f46918ec2699cc07", "resources.groupes.key": "d75cad7547c00f2f", "resources.groupes.query": "061740840d879ce7", "resources.inscrits.drop.DOWN_STUDENT_FILTERED": "78b4a603d84fe694", "resources.inscrits.from": "f8a2b9ca1fb4fc44", "resources.inscrits.ignore": "e6248c05ddb4a9ac", "resources.inscrits.items": "90d616127dba4c25", "resources.inscrits.key": "b6ba03195bfcf1d7", "resources.motifs.get": "32db72eb7959c69d", "resources.motifs.key": "bd02d32cb033fca2", "resources.periode.as.dateDeb": "88475f6ba8854daa", "resources.periode.as.dateFin": "98db89150b2effb8", "resources.periode.get": "a1abaebfddc2e371", "resources.periode.ignore": "2a92f8d8b47f0414", "resources.periode.key": "3e1f4ff76709c77d", "resources.periode.single": "a4d266e685573e1e", "resources.planning.as.date": "6e26eac87065fd27", "resources.planning.as.heureDebut": "988245cc887d3d4b", "resources.planning.as.heureFin": "847245e791e8b2ee", "resources.planning.for_each": "189bcbc09f85d9ef", "resources.planning.get": "7b6e8dd2eb5cf6c2", "resources.planning.items": "d5909e736598ced3", "resources.planning.key": "0a49c4510da5f3be", "resources.planning.same_key": "8f8452fd15110e23", "resources.salles.get": "aaaf971cce65379a", "resources.salles.key": "e50b6820170248d2", "resources.sites.get": "89ea285222d965ee", "resources.sites.key": "b619440dfac7fde0", "resources.tutorats.add.contrat": "98521e995884ef3d", "resources.tutorats.add.tuteur": "9fa7d6dad6426a05", "resources.tutorats.from": "f564cb976f4193cf", "resources.tutorats.ignore": "7222d3598eb41b0f", "rules.vanished": "75bb78fcea700e09", "transport.auth": "b60334e21f74a5cc", "transport.base_url": "f5e11eac77ec476e", "transport.headers": "79fc6a859093028e", "transport.kind": "ab041369105c1589", "transport.shape": "ecd61871e54536d4", "zone": "94ae11026c825fc2"}, "nodes": {"all sessions": "db1d8bbd00c5e241"}, "held": {}}');
INSERT INTO "setting" VALUES('rare/3f73c1440fea96242361c91623ccafc5','{}');
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
INSERT INTO "upload" VALUES('school','main','7712001','c126704sandbox016','sent','{"student:90211": {"content": "a42be1c062e40c19", "status": "sent"}, "student:90212": {"content": "84c33df0875d6552", "status": "sent"}, "student:90213": {"content": "f1be4bd23e631be3", "status": "sent"}, "student:90215": {"content": "0f42edb36950172d", "status": "sent"}}','2026-11-28 12:31:02.139837');
INSERT INTO "upload" VALUES('school','main','7712002','c166299sandbox021','sent','{"student:90211": {"content": "b21480749b9bf603", "status": "sent"}, "student:90212": {"content": "a0b501504149f38b", "status": "sent"}, "student:90213": {"content": "a42be1c062e40c19", "status": "sent"}, "student:90215": {"content": "84c33df0875d6552", "status": "sent"}, "student:90217": {"content": "f1be4bd23e631be3", "status": "sent"}, "student:90218": {"content": "0f42edb36950172d", "status": "sent"}}','2026-11-28 12:31:02.569669');
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
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_event_run ON event (run);
CREATE INDEX ix_intent_connector ON intent (connector);
CREATE INDEX ix_link_fingerprint ON link (connector, account, kind, source_id, fingerprint);
COMMIT;
