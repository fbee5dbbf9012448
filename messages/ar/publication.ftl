pub-skip = انتقل إلى المحتوى
pub-menu = القائمة
pub-search = بحث
pub-search-label = ابحث في الصحيفة
pub-search-go = ابحث
pub-contact = اتصل بنا
pub-subscribe = اشترك
pub-account = الحساب
pub-sections = الأقسام
pub-about = الصحيفة
pub-follow = البحث والمتابعة
pub-top = إلى أعلى الصفحة
pub-founded = تأسست عام { $year }
pub-by = بقلم
pub-and = و
pub-comma = ،
pub-published = نُشر في
pub-updated = حُدّث في
pub-time = { $hour }:{ $tens }{ $ones }
pub-moment = { $date }، { $time }
pub-reading = { $minutes ->
    [one] دقيقة واحدة للقراءة
    [two] دقيقتان للقراءة
    [few] { $minutes } دقائق للقراءة
    [many] { $minutes } دقيقة للقراءة
   *[other] { $minutes } دقيقة للقراءة
}
pub-exclusive = للمشتركين
pub-sponsored = محتوى مموَّل
pub-commissioned-by = بتكليف وتمويل من { $sponsor }
pub-sponsored-module = مقالات مموَّلة
pub-sponsored-about = كيف تُعدّ المقالات المموَّلة
pub-share = شارك
pub-share-mail = بريد إلكتروني
pub-share-more = طرق أخرى…
pub-give = إهداء المقال
pub-print = طباعة
pub-corrections = { $count ->
    [one] تصحيح
    [two] تصحيحان
   *[other] تصحيحات
}
pub-topics = مواضيع
pub-related = اقرأ أيضًا
pub-advertisement = إعلان
pub-advertisement-title = هنا مكان إعلانك
pub-advertisement-text = يقرأ هذه المساحة حتى آخرها قرّاء منتبهون. يمكنك حجزها ليوم أو لأسبوع.
pub-advertisement-action = اطلب الأسعار
pub-promotion = من الصحيفة
pub-promotion-title = كل المقالات
pub-promotion-text = الاشتراك في { $paper } يفتح لك كل المقالات.
pub-promotion-action = اطّلع على الاشتراكات
pub-latest = آخر الأخبار
pub-opinion = رأي
pub-picks = اختيار التحرير
pub-rivers = حسب القسم
pub-topic = موضوع
pub-author = كاتب
pub-count = { $count ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $count } مقالات
    [many] { $count } مقالًا
   *[other] { $count } مقال
}
pub-empty = لم يُنشر شيء هنا بعد.
pub-pages = الصفحات
pub-newer = مقالات أحدث
pub-older = مقالات أقدم
pub-page-of = الصفحة { $page } من { $pages }
pub-search-for = البحث عن «{ $query }»
pub-search-hint = ابحث عن كلمة من عنوان أو ملخّص، أو عن كاتب أو موضوع.
pub-search-none = لا نتائج لـ«{ $query }». جرّب كلمات أقل أو كلمة أخرى.
pub-search-count = { $count ->
    [one] مقال واحد عن «{ $query }»
    [two] مقالان عن «{ $query }»
    [few] { $count } مقالات عن «{ $query }»
    [many] { $count } مقالًا عن «{ $query }»
   *[other] { $count } مقال عن «{ $query }»
}
pub-missing-title = هذه الصفحة غير موجودة
pub-missing-text = قد يكون العنوان مكتوبًا بخطأ، أو نُقل المقال إلى مكان آخر. ابحث عنه، أو ابدأ بآخر الأخبار.

pub-language = العربية
pub-read-in = اقرأ بالعربية
pub-series = سلسلة
pub-part = الجزء { $part } من { $parts }
pub-part-number = الجزء { $part }
pub-part-previous = الجزء السابق
pub-part-next = الجزء التالي
pub-parts = { $count ->
    [zero] لا أجزاء
    [one] جزء واحد
    [two] جزآن
    [few] { $count } أجزاء
    [many] { $count } جزءًا
   *[other] { $count } جزء
}
pub-parts-so-far = نُشر { $count } من { $parts } حتى الآن
pub-next = المقال التالي
pub-size = حجم النص
pub-size-small = نص صغير
pub-size-usual = نص عادي
pub-size-large = نص كبير
pub-size-largest = أكبر نص
pub-copy = انسخ الرابط
pub-copied = نُسخ الرابط.
pub-most-read = الأكثر قراءة
pub-archive = الأرشيف
pub-archive-day = كل مقالات اليوم: { $count }
pub-span = من { $from } إلى { $to }
pub-earlier = في وقت سابق من اليوم
pub-later = في وقت لاحق من اليوم
pub-years = السنوات
pub-write-to = للمراسلة:
pub-corrections-page = التصويبات
pub-corrections-text = ما أخطأنا فيه ومتى صوّبناه. يظهر كل تصويب أسفل مقاله أيضًا.
pub-corrections-tell = أبلغنا عن خطأ
pub-corrections-all = كل التصويبات
pub-corrections-none = لم يلزم تصويب شيء حتى الآن.
pub-gone-title = سُحب هذا المقال
pub-gone-text = كان هنا حتى { $date } ولم يعد متاحًا.
