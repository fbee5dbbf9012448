# البحث في الصحيفة: النتائج وتضييقها والاقتراحات.

search-shortened = كان النص أطول مما يتّسع له البحث، فبحثنا عن أوله.
search-incomplete = تُفهرَس المحفوظات الآن، بدءًا بأحدث المقالات. وقد تغيب الأقدم عن هذه النتائج.
search-broken = البحث غير متاح الآن. يُرجى المحاولة بعد قليل.
search-instead = لا توجد «{ $query }» في أي مقال. هذه نتائج «{ $instead }».
search-found = { $count ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $count } مقالات
    [many] { $count } مقالًا
   *[other] { $count } مقال
}
search-count = { $count }
search-best = الأنسب
search-newest = الأحدث أولًا
search-narrow = تضييق البحث
search-narrow-skip = تضييق النتائج
search-chosen = ضُيّق إلى
search-section = القسم
search-topic = الموضوع
search-author = الكاتب
search-year = السنة
search-leave = { $name }: إلغاء التضييق
search-wide = عرض كل النتائج
search-nearer = النتائج الأنسب
search-further = مزيد من النتائج
search-newer = نتائج أحدث
search-older = نتائج أقدم
search-pages = صفحات النتائج
search-excerpt = من البداية:
search-filed = مُدرَج تحت:
search-none-narrow = لا شيء يطابق هذا الاختيار. احذف شرطًا منه أو ابحث في الصحيفة كلها.
search-suggestions = اقتراحات
search-kind-story = مقال
search-kind-topic = موضوع
search-kind-author = كاتب

search-texts = البحث في المقالات كاملة
search-texts-title = البحث في المقالات كاملة
search-texts-pitch = يجد الكلمات في أي موضع من المقالات التي يتيح لك اشتراكك قراءتها. ويعرض مئة مقال على الأكثر.
search-texts-lacks = البحث في المقالات كاملة جزء من الاشتراك. أما العناوين والملخّصات والبدايات فيبحث فيها الجميع.
search-texts-words = الكلمات المطلوبة
search-texts-none = لا يحوي أي من المقالات التي يمكنك قراءتها «{ $query }». جرّب كلمات أقل أو كلمة أخرى.
search-texts-instead = لا يحوي أي من المقالات التي يمكنك قراءتها «{ $query }». هذه نتائج «{ $instead }».
search-texts-open = البحث في العناوين والملخّصات
