shop-name = { shop-kind }
shop-kind = { $kind ->
    [bundle] المطبوع والرقمي
    [print] النسخة المطبوعة
    [story] هذا المقال
    [pass] كل شيء لمدة محددة
    [gift] اشتراك هدية
    [team] اشتراك الفريق
   *[digital] رقمي
}
shop-benefit = { $grant ->
    [read] { prompt-benefit-stories }
    [apps] { prompt-benefit-apps }
    [print] { prompt-benefit-print }
   *[other] { $grant }
}
shop-benefit-story = هذا المقال على جميع أجهزتك
shop-once-ends = ينتهي من تلقاء نفسه.
shop-once-good = لك إلى الأبد.
shop-each = لكل قارئ

shop-title = الاشتراك في { $publication }
shop-pitch = اختر ما يناسبك. يمكنك متابعة القراءة فورًا.
shop-choose = اختيار
shop-choose-gift = إهداء
shop-group-once = من دون اشتراك
shop-group-team = لعدة قرّاء
shop-group-gift = هدية لشخص آخر
shop-badge = { $audience ->
    [lapsed] أهلًا بعودتك
    [registered] للقرّاء المسجلين
    [subscribers] للمشتركين
   *[new] للقرّاء الجدد
}
shop-badge-code = مع رمزك
shop-badge-nearest = الأقرب إليه
shop-currency = الأسعار بعملة
shop-code-open = لدي رمز
shop-code-button = استخدام الرمز
shop-code-wrong = لا يوجد عرض بهذا الرمز الآن. تأكد من كتابته؛ فللرموز أيضًا أجل.
shop-none = لا شيء معروض للبيع حاليًا.
shop-none-here = لا شيء يباع بهذه العملة.
shop-signed-out = لديك اشتراك بالفعل؟
shop-redeem-link = هل أُهدي إليك اشتراك؟
shop-current = لديك اشتراك.
shop-your-account = حسابك

shop-gone-over = انتهى هذا العرض في { $day }.
shop-gone-ahead = يبدأ هذا العرض في { $day }.
shop-gone-unknown = لم يعد هذا العرض موجودًا.
shop-gone-others = هذا العرض لغيرك من القرّاء.
shop-gone-used-up = نفد هذا العرض.
shop-gone-had = سبق أن حصلت على هذا العرض.
shop-gone-currency = لا يباع هذا العرض بهذه العملة.
shop-gone-free = لم يُخصم أي مبلغ.

shop-checkout = { $kind ->
    [gift] إهداء اشتراك
    [once] شراء حق القراءة
   *[subscription] الاشتراك
}
shop-account-title = حسابك أولًا
shop-account-pitch = فيه يُحفظ ما تشتريه، ثم تعود إلى هنا مباشرة.
shop-summary = ما تحصل عليه
shop-other-offer = عرض آخر
shop-today = اليوم
shop-nothing = لا شيء
shop-tax = منها { $amount } ضريبة ({ $rate })
shop-tax-reversed = لا تُحتسب ضريبة: بصفتك شركة في الخارج تدفعها بنفسك.
shop-from = من { $day }: { $what }
shop-times = { $count ->
    [one] { $rate }، مرة واحدة
    [two] { $rate }، مرتين
    [few] { $rate }، { $count } مرات
   *[other] { $rate }، { $count } مرة
}
shop-terms = بكلمات واضحة
shop-term-renews = يتجدد إلى أن تلغيه. يمكنك الإلغاء في أي وقت من حسابك، ومتابعة القراءة حتى نهاية المدة المدفوعة.
shop-term-ends = ينتهي من تلقاء نفسه في { $day }. ولا يُخصم شيء بعد ذلك.
shop-term-good = هو لك إلى الأبد. ولا يُخصم شيء بعد ذلك.
shop-term-remind = { $days ->
    [one] نكتب إليك قبل انتهاء الفترة التجريبية بيوم واحد.
    [two] نكتب إليك قبل انتهاء الفترة التجريبية بيومين.
    [few] نكتب إليك قبل انتهاء الفترة التجريبية بـ{ $days } أيام.
   *[other] نكتب إليك قبل انتهاء الفترة التجريبية بـ{ $days } يومًا.
}
shop-term-rise = { $days ->
    [one] نُعلمك بأي زيادة في السعر قبلها بيوم واحد.
    [two] نُعلمك بأي زيادة في السعر قبلها بيومين.
    [few] نُعلمك بأي زيادة في السعر قبلها بـ{ $days } أيام.
   *[other] نُعلمك بأي زيادة في السعر قبلها بـ{ $days } يومًا.
}
shop-term-rise-asked = { $days ->
    [one] نُعلمك بأي زيادة في السعر قبلها بيوم واحد، ولا تسري إلا بموافقتك.
    [two] نُعلمك بأي زيادة في السعر قبلها بيومين، ولا تسري إلا بموافقتك.
    [few] نُعلمك بأي زيادة في السعر قبلها بـ{ $days } أيام، ولا تسري إلا بموافقتك.
   *[other] نُعلمك بأي زيادة في السعر قبلها بـ{ $days } يومًا، ولا تسري إلا بموافقتك.
}
shop-term-withdraw-full = { $days ->
    [one] يمكنك العدول خلال يوم واحد واسترداد كل ما دفعته.
    [two] يمكنك العدول خلال يومين واسترداد كل ما دفعته.
    [few] يمكنك العدول خلال { $days } أيام واسترداد كل ما دفعته.
   *[other] يمكنك العدول خلال { $days } يومًا واسترداد كل ما دفعته.
}
shop-term-withdraw-part = { $days ->
    [one] تريد القراءة فورًا. يمكنك العدول خلال يوم واحد واسترداد ما لم تستخدمه.
    [two] تريد القراءة فورًا. يمكنك العدول خلال يومين واسترداد ما لم تستخدمه.
    [few] تريد القراءة فورًا. يمكنك العدول خلال { $days } أيام واسترداد ما لم تستخدمه.
   *[other] تريد القراءة فورًا. يمكنك العدول خلال { $days } يومًا واسترداد ما لم تستخدمه.
}
shop-term-waived = تريد القراءة فورًا، وتعلم أنه لا يمكنك العدول بعد ذلك.
shop-term-gift = يُرسل الرمز فور الدفع، ويمكن استخدامه خلال { $length }.
shop-term-gift-once = يُدفع مرة واحدة، اليوم. ولا يتجدد شيء.
shop-consent = أوافق على هذه الشروط.
shop-consent-missing = ضع علامة هنا للمتابعة.
shop-changed = تغيّرت المبالغ أو الشروط. راجعها من جديد؛ لم يُخصم أي مبلغ.

shop-you = عنك
shop-country = البلد
shop-country-hint = تتوقف عليه الضريبة.
shop-country-missing = اختر بلدًا.
shop-business = أشتري باسم شركة
shop-business-name = اسم الشركة
shop-business-street = الشارع والرقم
shop-business-city = الرمز البريدي والمدينة
shop-vat = رقم ضريبة القيمة المضافة
shop-vat-hint = من دونه نحتسب الضريبة كسائر القرّاء.
shop-vat-wrong = هذا ليس رقمًا ضريبيًا للبلد المختار. تحقق منه أو اتركه فارغًا.
shop-seats = عدد القرّاء
shop-seats-hint = من { $least } إلى { $most }.
shop-seats-wrong = اكتب عددًا من { $least } إلى { $most }.
shop-update = عرض المبالغ الجديدة
shop-post = عنوان التوصيل
shop-post-name = الاسم على صندوق البريد
shop-post-street = الشارع والرقم
shop-post-more = الطابق، بعناية
shop-post-city = المدينة
shop-post-region = الولاية أو المحافظة
shop-post-code = الرمز البريدي
shop-too-long = اكتب { $most } حرفًا على الأكثر.
shop-line-wrong = اكتبه في سطر واحد من دون رموز خاصة.
shop-gift-who = لمن الهدية
shop-gift-to = الاسم
shop-gift-mail = البريد الإلكتروني للمُهدى إليه
shop-gift-mail-hint = اتركه فارغًا لتسليم الرمز بنفسك.
shop-gift-from = اسمك كما يظهر على البطاقة
shop-gift-words = كلمات قليلة
shop-method = طريقة الدفع
shop-method-known = { $card }، صالحة حتى { $until }
shop-method-new = بطاقة أخرى
shop-method-missing = اختر بطاقة.
shop-card-number = رقم البطاقة
shop-card-expires = صالحة حتى (الشهر/السنة)
shop-card-code = رمز الأمان
shop-card-sandbox = لا تتحرك أي أموال هنا: هذه بيئة تجريبية. لا تُدخل بطاقة حقيقية أبدًا. يصلح الرقم 4242 4242 4242 4242 مع أي تاريخ قادم وأي رمز.
shop-card-number-wrong = تقبل البيئة التجريبية أرقامها فقط، مثل 4242 4242 4242 4242.
shop-card-expires-wrong = اكتب الشهر والسنة، مثل 05/30، لبطاقة لم تنته صلاحيتها.
shop-card-code-wrong = اكتب الأرقام الثلاثة أو الأربعة.
shop-card-stripe = بطاقتك
shop-card-stripe-hint = يذهب الرقم إلى Stripe ويُحفظ هناك. نحن لا نراه أبدًا.
shop-card-script = تُدخل البطاقات بواسطة برنامج Stripe. اسمح بالبرامج النصية لهذه الصفحة ثم أعد تحميلها.
shop-card-failed = تعذر إدخال البطاقة. تحقق منها أو جرّب غيرها.
shop-card-many = جرت محاولات كثيرة. انتظر بضع دقائق ثم حاول من جديد؛ لم يُخصم أي مبلغ.
shop-card-loading = يجري تحميل حقل البطاقة…
shop-pay = اشترك وادفع { $amount }
shop-pay-later = اشترك ولا تدفع شيئًا اليوم
shop-pay-once = اشترِ وادفع { $amount }
shop-pay-nothing = ابدأ

shop-declined = { $reason ->
    [insufficient_funds] الرصيد غير كافٍ. جرّب بطاقة أخرى.
    [card_expired] انتهت صلاحية البطاقة. جرّب غيرها.
    [card_blocked] البطاقة موقوفة. اسأل مصرفك أو جرّب غيرها.
    [authentication_failed] لم تُؤكَّد العملية لدى مصرفك. حاول مرة أخرى أو جرّب بطاقة أخرى.
    [provider_error] تعذر ذلك الآن. حاول مرة أخرى بعد قليل.
    [voided] أُلغيت العملية. حاول مرة أخرى.
    [never_answered] لم يخبرنا أحد بما آلت إليه. تأكد من أن المبلغ لم يُخصم قبل أن تحاول مجددًا.
   *[refused] رفض المصرف العملية ولم يذكر السبب. اسأل مصرفك أو جرّب بطاقة أخرى.
}
shop-declined-title = لم تتم عملية الدفع
shop-kept-many = { $minutes ->
    [one] محاولات كثيرة. ما كتبته ما زال هنا: يرجى الانتظار دقيقة ثم إرساله من جديد. ويجب إدخال البطاقة مرة أخرى.
    [two] محاولات كثيرة. ما كتبته ما زال هنا: يرجى الانتظار دقيقتين ثم إرساله من جديد. ويجب إدخال البطاقة مرة أخرى.
    [few] محاولات كثيرة. ما كتبته ما زال هنا: يرجى الانتظار { $minutes } دقائق ثم إرساله من جديد. ويجب إدخال البطاقة مرة أخرى.
   *[other] محاولات كثيرة. ما كتبته ما زال هنا: يرجى الانتظار { $minutes } دقيقة ثم إرساله من جديد. ويجب إدخال البطاقة مرة أخرى.
}
shop-kept-old = لم يُنفَّذ شيء: بقيت الصفحة مفتوحة مدة طويلة، أو سجّلت الدخول أو الخروج في هذه الأثناء. ما كتبته ما زال هنا؛ يرجى مراجعته وإرساله من جديد. ويجب إدخال البطاقة مرة أخرى.

shop-has-title = لديك ذلك بالفعل
shop-has = ما لديك يشمله. يمكنك تغييره من حسابك.
shop-used-title = استُخدم هذا النموذج
shop-used = أُرسل من قبل لغرض آخر. افتح العرض من جديد.
shop-story-title = لا يباع هذا المقال منفردًا
shop-story-missing = افتح المقال الذي تريده واختر الشراء هناك.

shop-welcome-title = أهلًا بك في { $publication }
shop-welcome = كل شيء مفتوح لك الآن. الإيصال في طريقه إلى بريدك.
shop-welcome-free = كل شيء مفتوح لك الآن. كتبنا إليك بما اتُّفق عليه.
shop-welcome-once = القراءة مفتوحة لك الآن. الإيصال في طريقه إلى بريدك.
shop-welcome-team = ادعُ قرّاءك الآن من حسابك. الإيصال في طريقه إلى بريدك.
shop-welcome-delivered = أصبح لك الآن. كتبنا إليك بما اشتريته.
shop-welcome-story = تابع القراءة من حيث كنت
shop-welcome-home = إلى الصفحة الأولى
shop-gift-done-title = شكرًا لك: دُفع ثمن الهدية
shop-gift-done = الرمز في طريقه بالبريد، والإيصال إليك.
shop-gift-done-self = الرمز والإيصال في طريقهما إلى بريدك لتسلّمه بنفسك.
shop-gift-code = رمز الهدية:
shop-gift-mailed = يُرسَل إلى { $mail }. إن كان العنوان خاطئًا أو لم يصل شيء، فسلّم الرمز بنفسك.
shop-wait-title = عملية الدفع جارية
shop-wait = ننتظر النتيجة. لا حاجة إلى فعل شيء: تتحقق هذه الصفحة بنفسها، ولا يُخصم شيء مرتين.
shop-wait-again = تحقق الآن
shop-wait-leave = يمكنك أيضًا إغلاق هذه الصفحة. نكتب إليك فور معرفة النتيجة.
shop-bank-title = تأكيد الدفع
shop-bank-sandbox = تؤدي هذه الصفحة دور مصرفك. { $publication } تطلب { $amount }.
shop-bank-yes = تأكيد الدفع
shop-bank-no = عدم الدفع
shop-bank-other = الدفع ببطاقة أخرى
shop-bank-stripe = يريد مصرفك أن تؤكد { $amount }. تُفتح نافذته عند الضغط على الزر.
shop-again = حاول مرة أخرى
shop-otherwise = { $how ->
    [past_due] لم تتم الدفعة الأخيرة. يبقى كل شيء مفتوحًا في الوقت الحالي؛ ويبيّن حسابك حتى متى، ويمكنك الدفع منه.
    [paused] الاشتراك متوقف مؤقتًا. يمكنك استئنافه من حسابك.
    [redeemed] استُخدمت الهدية. شكرًا لأنك أهديتها.
    [gift_ended] لم يعد بالإمكان استخدام الهدية. يبيّن حسابك وضعها.
   *[ended] انتهى. تجد المدفوعات والفواتير في حسابك.
}
shop-over-title = انتهت هذه العملية
shop-over = لم يعد الدفع ممكنًا. لم يُخصم أي مبلغ؛ يمكنك البدء من جديد.

shop-redeem-title = استلام هدية
shop-redeem-pitch = الرمز على البطاقة أو في الرسالة التي وصلتك.
shop-redeem-code = رمز الهدية
shop-redeem-button = عرض الهدية
shop-redeem-take = استلام الهدية
shop-redeem-for = إلى { $name }
shop-redeem-from = من { $name }
shop-redeem-unknown = لا توجد هدية بهذا الرمز. تأكد من كتابته.
shop-redeem-replaced = استُبدل هذا الرمز: أُرسلت الهدية من جديد إلى عنوان آخر. اطلب الرمز الجديد ممن أهداها.
shop-redeem-redeemed = استُلمت هذه الهدية من قبل. الرمز صالح لمرة واحدة.
shop-redeem-unpaid = لم يُدفع ثمن هذه الهدية بعد. حاول لاحقًا أو اسأل من أهداها.
shop-redeem-over = لم يعد استلام هذه الهدية ممكنًا. اسأل من أهداها.
shop-redeem-account = ترتبط هديتك بحساب. الحساب مجاني، ثم تعود إلى هنا مباشرة.
shop-redeem-free = لا تدفع شيئًا، ولا يتجدد شيء.
shop-redeem-has = لديك بالفعل ما تمنحه هذه الهدية. يبقى الرمز صالحًا حتى { $day }: استخدمه حين ينتهي ما لديك، أو أعطه لغيرك.
