/*
 * terms.c: the words that a book says by itself, per language. A language
 * that is not here gets English.
 */
#include "book/book_int.h"

struct words { const char *lang, *v[TERM_COUNT]; };

static const struct words table[] = {
	{ "en", {
		"Contents", "In this section", "In this article", "Notes",
		"Source", "Syllabus", "Tags", "By", "Updated",
		"Published by", "Articles", "Figure", "Table", "Page",
		"Cover", "Title page", "Back to the text", "Begin reading",
		"Summary", "continued", "Done", "Open",
		"Note", "Tip", "Important", "Warning", "Caution",
		"The text adapts to any screen; headings, a table of "
		"contents and links lead through it.",
		"Every picture has a description.",
		"Some pictures have no description.",
		"The page numbers of the print edition are marked."
	} },
	{ "hi", {
		"विषय-सूची", "इस खंड में", "इस लेख में", "टिप्पणियाँ",
		"स्रोत", "पाठ्यक्रम", "टैग", "लेखक", "अद्यतन",
		"प्रकाशक", "लेख", "चित्र", "तालिका", "पृष्ठ",
		"आवरण", "मुखपृष्ठ", "पाठ पर लौटें", "पढ़ना शुरू करें",
		"सारांश", "जारी", "पूर्ण", "शेष",
		"टिप्पणी", "सुझाव", "महत्वपूर्ण", "चेतावनी", "सावधानी",
		"पाठ हर स्क्रीन के अनुसार ढल जाता है; शीर्षकों, विषय-सूची और "
		"कड़ियों से उसमें आगे बढ़ा जा सकता है।",
		"हर चित्र का वर्णन दिया गया है।",
		"कुछ चित्रों का वर्णन नहीं दिया गया है।",
		"मुद्रित संस्करण की पृष्ठ संख्याएँ अंकित हैं।"
	} },
	{ "ur", {
		"فہرست", "اس حصے میں", "اس مضمون میں", "حواشی",
		"ماخذ", "نصاب", "ٹیگ", "تحریر", "تازہ کاری",
		"ناشر", "مضامین", "شکل", "جدول", "صفحہ",
		"سرورق", "صفحۂ عنوان", "متن پر واپس", "پڑھنا شروع کریں",
		"خلاصہ", "جاری", "مکمل", "باقی",
		"نوٹ", "مشورہ", "اہم", "انتباہ", "احتیاط",
		"متن ہر سکرین کے مطابق ڈھل جاتا ہے؛ عنوانات، فہرست اور روابط "
		"اس میں رہنمائی کرتے ہیں۔",
		"ہر تصویر کی وضاحت موجود ہے۔",
		"کچھ تصویروں کی وضاحت موجود نہیں۔",
		"مطبوعہ ایڈیشن کے صفحات کے نمبر درج ہیں۔"
	} },
	{ "bn", {
		"সূচিপত্র", "এই বিভাগে", "এই নিবন্ধে", "টীকা",
		"উৎস", "পাঠ্যক্রম", "ট্যাগ", "লেখক", "হালনাগাদ",
		"প্রকাশক", "নিবন্ধ", "চিত্র", "সারণি", "পৃষ্ঠা",
		"প্রচ্ছদ", "আখ্যাপত্র", "মূল পাঠে ফিরুন", "পড়া শুরু করুন",
		"সারাংশ", "চলমান", "সম্পন্ন", "বাকি",
		"দ্রষ্টব্য", "পরামর্শ", "গুরুত্বপূর্ণ", "সতর্কবার্তা", "সাবধান",
		"লেখা যেকোনো পর্দার মাপে সাজে; শিরোনাম, সূচিপত্র ও লিঙ্ক ধরে "
		"এতে এগোনো যায়।",
		"প্রতিটি ছবির বর্ণনা আছে।",
		"কিছু ছবির বর্ণনা নেই।",
		"মুদ্রিত সংস্করণের পৃষ্ঠাসংখ্যা চিহ্নিত আছে।"
	} },
	{ "ta", {
		"பொருளடக்கம்", "இந்தப் பகுதியில்", "இந்தக் கட்டுரையில்",
		"குறிப்புகள்",
		"மூலம்", "பாடத்திட்டம்", "குறிச்சொற்கள்", "எழுதியவர்",
		"புதுப்பிக்கப்பட்டது",
		"வெளியீடு", "கட்டுரைகள்", "படம்", "அட்டவணை", "பக்கம்",
		"அட்டை", "தலைப்புப் பக்கம்", "உரைக்குத் திரும்பு",
		"படிக்கத் தொடங்கு",
		"சுருக்கம்", "தொடர்ச்சி", "முடிந்தது", "முடியவில்லை",
		"குறிப்பு", "உதவிக்குறிப்பு", "முக்கியம்", "எச்சரிக்கை",
		"கவனம்",
		"உரை எந்தத் திரைக்கும் ஏற்ப அமையும்; தலைப்புகள், பொருளடக்கம், "
		"இணைப்புகள் ஆகியவை அதில் வழிகாட்டும்.",
		"ஒவ்வொரு படத்திற்கும் விளக்கம் உள்ளது.",
		"சில படங்களுக்கு விளக்கம் இல்லை.",
		"அச்சுப் பதிப்பின் பக்க எண்கள் குறிக்கப்பட்டுள்ளன."
	} },
	{ "ja", {
		"目次", "この章の記事", "この記事の内容", "注",
		"出典", "シラバス", "タグ", "著者", "更新日",
		"発行", "記事", "図", "表", "ページ",
		"表紙", "扉", "本文に戻る", "読み始める",
		"要約", "続き", "完了", "未完了",
		"注記", "ヒント", "重要", "警告", "注意",
		"本文は画面の大きさに合わせて表示されます。見出し、目次、"
		"リンクで移動できます。",
		"すべての図に説明があります。",
		"説明のない図があります。",
		"印刷版のページ番号が付いています。"
	} },
};

static const struct words *
words_of(str lang)
{
	str primary = lang_primary(lang);
	size_t i;

	for (i = 0; i < ARRAY_LEN(table); i++)
		if (str_eq(primary, str_c(table[i].lang)))
			return &table[i];
	return NULL;
}

str
book_term(str lang, enum term t)
{
	const struct words *w = words_of(lang);

	INVARIANT(t < TERM_COUNT);
	return str_c((w != NULL ? w : table)->v[t]);
}

bool
book_terms_known(str lang)
{
	return words_of(lang) != NULL;
}

bool
lang_is_rtl(str lang)
{
	static const char *const langs[] = { "ar", "fa", "he", "ur", "ps",
	    "sd", "ks", "ug", "yi", "dv", "ckb", "pnb", "skr", "bal", "azb" };
	str primary = lang_primary(lang), script;
	size_t i;

	/* A script that is named decides: ur-Latn, az-Arab. */
	script = str_from(lang, primary.n + 1);
	script = lang_primary(script);
	if (script.n == 4 && (script.p[0] < '0' || script.p[0] > '9'))
		return str_eq(script, S("Arab")) ||
		    str_eq(script, S("Aran")) || str_eq(script, S("Hebr")) ||
		    str_eq(script, S("Thaa"));
	for (i = 0; i < ARRAY_LEN(langs); i++)
		if (str_eq(primary, str_c(langs[i])))
			return true;
	return false;
}
