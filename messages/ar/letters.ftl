letter-hello = تحية طيبة،
letter-hello-name = تحية طيبة، { $name }،
letter-or-copy = أو انسخ هذا العنوان إلى متصفحك:
letter-questions = هل لديك سؤال؟ يكفي الرد على هذه الرسالة.
letter-why-typed = وصلتك هذه الرسالة لأن أحدًا كتب هذا العنوان لدى { $publication }.
letter-why-reader = وصلتك هذه الرسالة لأن لديك حسابًا لدى { $publication }.
letter-why-told = وصلتك هذه الرسالة لأن أحدًا أعطى { $publication } هذا العنوان من أجلك.
letter-colon = :{ " " }
letter-value = { $value }
letter-joint = { " " }
letter-less = −{ $amount }
letter-span = من { $from } إلى { $to }
letter-account-button = إلى حسابك

letter-link-minutes = { $minutes ->
    [one] يصلح الرابط لدقيقة واحدة ولمرة واحدة.
    [two] يصلح الرابط لدقيقتين ولمرة واحدة.
    [few] يصلح الرابط لمدة { $minutes } دقائق ولمرة واحدة.
   *[other] يصلح الرابط لمدة { $minutes } دقيقة ولمرة واحدة.
}
letter-link-here = ويعمل فقط في المتصفح الذي طُلب منه.
letter-not-you = إن لم يكن الطلب منك فلا يلزمك فعل شيء: لا يحدث شيء من دون فتح الرابط.

letter-sign-in-title = رابط تسجيل الدخول
letter-sign-in = بهذا الرابط تسجّل الدخول إلى { $publication }.
letter-sign-in-button = تسجيل الدخول

letter-sign-up-title = رابطك إلى { $publication }
letter-sign-up = لا يوجد حساب بهذا العنوان بعد. بهذا الرابط يُنشأ الحساب ويُسجَّل دخولك.
letter-sign-up-button = إنشاء الحساب

letter-confirm-title = تأكيد بريدك الإلكتروني
letter-confirm = يرجى تأكيد أن هذا العنوان لك، وعندئذ يُنشأ حسابك لدى { $publication }.
letter-confirm-button = تأكيد العنوان

letter-already-there-title = لديك حساب بالفعل
letter-already-there = أراد أحد، وعلى الأرجح أنت، إنشاء حساب لدى { $publication } بهذا العنوان. يوجد حساب بالفعل، وبهذا الرابط تسجّل الدخول إليه.

letter-reset-title = تعيين كلمة مرور جديدة
letter-reset = بهذا الرابط تختار كلمة مرور جديدة لحسابك لدى { $publication }. وعندئذ يُسجَّل الخروج من جميع أجهزتك.
letter-reset-button = اختيار كلمة مرور جديدة

letter-no-account-title = لا يوجد حساب بهذا العنوان
letter-no-account = طلب أحد، وعلى الأرجح أنت، كلمة مرور جديدة لدى { $publication }. لا يوجد حساب بهذا العنوان، وربما استخدمت عنوانًا آخر. ويمكنك إنشاء حساب الآن.
letter-no-account-button = إنشاء حساب

letter-closed-title = حسابك مغلق
letter-closed = أراد أحد، وعلى الأرجح أنت، تسجيل الدخول إلى { $publication } بهذا العنوان. الحساب مغلق، ويرجى الكتابة إلينا لإعادة فتحه.
letter-closed-not-you = إن لم يكن الطلب منك فلا يلزمك فعل شيء.

letter-password-changed-title = غُيّرت كلمة المرور
letter-password-changed = غُيّرت كلمة مرور حسابك لدى { $publication } وسُجِّل الخروج من جميع الأجهزة.
letter-password-changed-not-you = إن لم تكن أنت من غيّرها فعيّن كلمة أخرى فورًا: اختر «هل نسيت كلمة المرور؟» عند تسجيل الدخول.

letter-new-address-title = تأكيد بريدك الجديد
letter-new-address = يرجى تأكيد أن هذا العنوان لك. ومنذ ذلك الحين تسجّل به الدخول إلى { $publication } وتصل إليه رسائلنا.
letter-new-address-account = يتعلق هذا بحساب { $account }. إن لم يكن حسابك فلا تؤكد شيئًا.
letter-address-changed-title = غُيّر بريدك الإلكتروني
letter-address-changed = لحسابك لدى { $publication } عنوان بريد آخر من الآن. هذه آخر رسالة إلى هذا العنوان.
letter-address-changed-not-you = إن لم تكن أنت من غيّره فيرجى الكتابة إلينا فورًا.

letter-gives = ما يتيحه لك الاشتراك
letter-gives-gift = ما تتضمنه الهدية
letter-agreed = ما وافقت عليه
letter-row-price = السعر
letter-price-then = { "\u200F" }{ $first }. { $then }
letter-row-seats = عدد المقاعد
letter-row-next = الدفعة القادمة
letter-row-next-value = { $amount } في { $date }
letter-row-ends = ينتهي في
letter-row-ends-trial = تنتهي التجربة في
letter-row-paid-until = مدفوع حتى
letter-row-from = ابتداءً من
letter-row-retry = المحاولة القادمة
letter-row-access-until = يمكنك القراءة حتى
letter-row-confirm-by = آخر موعد للتأكيد
letter-row-amount = المبلغ
letter-tax-added = وتضاف الضريبة.
letter-plus-tax = (تضاف الضريبة)

letter-welcome-title = مرحبًا بك في { $publication }
letter-welcome-paid = شكرًا لك. بدأ اشتراكك.
letter-welcome-seats = ادعُ قرّاءك الآن من حسابك. لتقرأ أنت أيضًا، ادعُ عنوانك كذلك.
letter-welcome-bought = شكرًا لك. ما اشتريته متاح لك الآن.
letter-welcome-trial = بدأت فترتك التجريبية المجانية، وتستمر حتى { $until }.
letter-welcome-gift = بدأ الاشتراك المُهدى إليك، ويستمر حتى { $until } ثم ينتهي تلقائيًا.
letter-welcome-given = يمكنك قراءة { $publication } مجانًا، هدية منا، حتى { $until }.
letter-welcome-given-open = يمكنك قراءة { $publication } مجانًا، هدية منا.
letter-cancel = يمكنك الإلغاء في أي وقت من حسابك. وما دفعته يبقى لك حتى نهايته.
letter-cancel-trial = إن لم ترغب في المتابعة فألغِ من حسابك قبل { $date }، ولن يُخصم شيء.
letter-withdraw-part = يمكنك العدول عن العقد حتى نهاية يوم { $date } من دون ذكر سبب، ويُرد إليك ما لم تستخدمه حتى ذلك الحين.
letter-withdraw-full = يمكنك العدول عن العقد حتى نهاية يوم { $date } من دون ذكر سبب، ويُرد إليك المبلغ كله.
letter-withdraw-waived = طلبت الاستخدام الفوري ووافقت على أن حقك في العدول يسقط بذلك.
letter-read-button = ابدأ القراءة

letter-receipt-title = إيصالك: { $amount }
letter-receipt = شكرًا لك. وصلتنا دفعتك وقدرها { $amount }.
letter-receipt-heading = الإيصال
letter-row-invoice = الفاتورة
letter-row-credit-note = إشعار الدائن
letter-row-corrects = عن الفاتورة
letter-row-date = التاريخ
letter-row-customer = إلى
letter-row-seller = من
letter-line-seats = { $what } ({ $count ->
    [one] مقعد واحد
    [two] مقعدان
    [few] { $count } مقاعد
    [many] { $count } مقعدًا
   *[other] { $count } مقعد
})
letter-line-plan = الاشتراك
letter-line-once = الوصول
letter-line-difference = فرق تغيير الاشتراك
letter-line-unused = غير المستخدم من الاشتراك السابق
letter-line-gift = اشتراك هدية
letter-net = الصافي
letter-tax = الضريبة ({ $rate })
letter-total = الإجمالي
letter-reverse-charge = الضريبة على العميل (الاحتساب العكسي).
letter-invoice-button = عرض الفاتورة
letter-invoice-soon = ستصدر الفاتورة لاحقًا وتجدها في حسابك.

letter-refund-title = نرد إليك { $amount }
letter-refund = نعيد { $amount } بالطريقة التي دفعت بها. ويصل المبلغ لدى معظم البنوك خلال عشرة أيام.
letter-refund-withdrawal = لقد عدلت عن العقد.
letter-refund-plan = اشتراكك الجديد أقل مما كنت قد دفعته.
letter-refund-surplus = خُصم منك مبلغ لم يكن مستحقًا. نعتذر عن ذلك.
letter-credit-note-button = عرض إشعار الدائن
letter-refund-delayed-title = تأخر رد { $amount }
letter-refund-delayed = حاولنا رد { $amount } إليك، لكن البنك أو البطاقة لم يقبل المبلغ. وهو حقك على أي حال. سنتابع الأمر ونكتب إليك إن احتجنا إلى شيء.

letter-trial-ends-title = { $days ->
    [0] تنتهي فترتك التجريبية اليوم
    [1] تنتهي فترتك التجريبية غدًا
    [two] تنتهي فترتك التجريبية بعد يومين
    [few] تنتهي فترتك التجريبية بعد { $days } أيام
    [many] تنتهي فترتك التجريبية بعد { $days } يومًا
   *[other] تنتهي فترتك التجريبية بعد { $days } يوم
}
letter-trial-charged = تنتهي فترتك التجريبية المجانية لدى { $publication } في { $date }، وتصبح اشتراكًا: يُخصم { $amount } في ذلك اليوم.
letter-trial-over = تنتهي فترتك التجريبية المجانية لدى { $publication } تلقائيًا في { $date }. ولا يُخصم شيء.
letter-trial-go-on = لمتابعة القراءة يمكنك اختيار اشتراك.
letter-subscribe-button = اختيار اشتراك

letter-renewal-title = يتجدد اشتراكك في { $date }
letter-renewal = في { $date } يتجدد اشتراكك في { $publication } ويُخصم { $amount }.
letter-renewal-cancel = إن لم ترغب في ذلك فألغِ من حسابك قبل ذلك اليوم.

letter-rise-title = سعر جديد ابتداءً من { $date }
letter-rise = يتغير سعر اشتراكك في { $publication } في { $date }.
letter-row-old-price = السعر حتى ذلك الحين
letter-row-new-price = السعر الجديد
letter-rise-silence-accepts = عدم الرد يعني الموافقة، ويُخصم السعر الجديد أول مرة في { $date }. وإن رفضته انتهى اشتراكك في ذلك اليوم ولا يُخصم شيء بعده.
letter-rise-silence-refuses = لا يسري السعر الجديد إلا بموافقتك. وإن لم ترد انتهى اشتراكك في { $date } ولا يُخصم شيء بعده.
letter-rise-accept-button = قبول السعر الجديد
letter-rise-refuse = رفض السعر الجديد

letter-failed-title = لم تتم عملية الدفع
letter-failed = لم نتمكن من تحصيل دفعة اشتراكك في { $publication }.
letter-failed-funds = لم يكن في الحساب رصيد كافٍ.
letter-failed-expired = انتهت صلاحية البطاقة.
letter-failed-blocked = لم تعد البطاقة صالحة للاستخدام.
letter-failed-unconfirmed = لم تُؤكَّد الدفعة لدى البنك.
letter-failed-refused = رفضها البنك ولم يذكر السبب.
letter-failed-again = إن كان ذلك استثناءً فلا يلزمك فعل شيء: سنحاول مرة أخرى. وإن أردت بطاقة أخرى فيرجى تغييرها.
letter-failed-final = لن نحاول بهذه البطاقة مرة أخرى. يرجى إدخال بطاقة أخرى في موعد أقصاه { $until }، وإلا انتهى اشتراكك.
letter-failed-purchase = لم نتمكن من تحصيل دفعة ما أردت شراءه من { $publication }.
letter-failed-plan = تعذّر تحصيل دفعة تغيير خطتك لدى { $publication }.
letter-failed-plan-stays = تبقى خطتك كما كانت. وإذا خُصم المبلغ رغم ذلك فسيُعاد إليك.
letter-failed-nothing = لم يبدأ أي شيء ولم يُخصم أي مبلغ. يمكنك المحاولة مرة أخرى، وببطاقة أخرى إن أردت.
letter-failed-unknown = لم يبدأ أي شيء. لم يخبرنا أحد بما آلت إليه الدفعة: تأكد من أن المبلغ لم يُخصم قبل أن تحاول مجددًا. وإن وصلتنا لاحقًا أعدناها إليك.
letter-card-button = تغيير البطاقة
letter-purchase-button = عرض عملية الشراء

letter-bank-title = يرجى تأكيد الدفعة
letter-bank = يطلب البنك أن تؤكد بنفسك دفعة اشتراكك في { $publication }. ولا تُعد مدفوعة قبل ذلك.
letter-bank-purchase = يطلب البنك أن تؤكد بنفسك دفعة ما أردت شراءه من { $publication }. ولا تُعد مدفوعة قبل ذلك، ولا يبدأ أي شيء.
letter-bank-button = تأكيد الدفعة

letter-trial-ended-title = انتهت الفترة التجريبية
letter-ended-title = انتهى اشتراكك
letter-access-ended-title = انتهت مدة القراءة
letter-ended-cancelled = كانت النهاية في { $date } بناءً على رغبتك. ولا يُخصم شيء بعد الآن.
letter-ended-trial = انتهت فترتك التجريبية المجانية لدى { $publication } في { $date }. ولم يُخصم شيء.
letter-ended-expired = كان ما لديك لمدة محددة انتهت في { $date }. ولا يُخصم شيء بعد الآن.
letter-ended-payment = لم تصل الدفعة رغم عدة محاولات. كانت النهاية في { $date }، ولا يُخصم شيء بعد الآن.
letter-ended-price = لم توافق على السعر الجديد، فكانت النهاية في { $date }. ولا يُخصم شيء بعد الآن.
letter-ended-withdrawn = لقد عدلت عن العقد، فكانت النهاية في { $date }. وما يُرد إليك تجده في رسالة مستقلة.
letter-ended-refunded = رُدّت دفعتك، فكانت النهاية في { $date }.
letter-ended-charged-back = استرد البنك دفعتك، فكانت النهاية في { $date }. إن كان ذلك خطأ فيرجى الكتابة إلينا.
letter-ended-revoked = أنهيناه في { $date }. إن رأيت في ذلك خطأ فيرجى الكتابة إلينا.
letter-ended-back = تسعدنا عودتك.
letter-back-button = الاشتراك من جديد

letter-cancelled-title = أُلغي اشتراكك
letter-cancelled = يمكنك قراءة { $publication } حتى { $until }. ولا يُخصم شيء بعد الآن.
letter-cancelled-open = ينتهي مع المدة التي دفعت ثمنها. ولا يُخصم شيء عن مدة أخرى.
letter-cancelled-back = إن غيّرت رأيك فيمكنك التراجع عن الإلغاء من حسابك قبل النهاية.
letter-cancelled-button = الاحتفاظ بالاشتراك

letter-paused-title = اشتراكك متوقف مؤقتًا
letter-paused = اشتراكك في { $publication } متوقف مؤقتًا ويُستأنف تلقائيًا في { $date }. ولا يُخصم شيء في هذه الأثناء، وما دفعته محفوظ لك.
letter-paused-button = استئناف الآن
letter-resumed-title = استؤنف اشتراكك
letter-resumed = اشتراكك في { $publication } مستمر ابتداءً من اليوم.

letter-plan-title = تغيّر اشتراكك
letter-plan = تم التغيير. هذا ما لديك من الآن.

letter-gift-bought-title = هديتك وإيصالك
letter-gift-bought = شكرًا لإهدائك { $publication }. وصلتنا دفعتك وقدرها { $amount }.
letter-gift-bought-next = يُرسَل رمز استلام الهدية في رسالة مستقلة، إليك أو إلى من أهديتها له، كما اخترت.
letter-gift-title = هدية من { $giver }: { $publication }
letter-gift-title-anonymous = هدية لك: { $publication }
letter-gift = أُهدي إليك اشتراك في { $publication }. لا يكلفك شيئًا وينتهي تلقائيًا.
letter-gift-yours-title = رمز هديتك
letter-gift-yours = سلّم هذا الرمز أو هذه الرسالة كلها. والهدية لمن يستخدم الرمز أولًا.
letter-row-code = الرمز
letter-row-lasts = المدة
letter-row-redeem-by = آخر موعد للاستخدام
letter-gift-button = استلام الهدية
letter-gift-redeemed-title = استُلمت هديتك
letter-gift-redeemed = بدأ الاشتراك في { $publication } الذي أهديته. شكرًا لنشرك القراءة الجيدة.

letter-seat-title = مقعد لك في { $publication }
letter-seat-title-by = دعوة من { $giver } إلى { $publication }
letter-seat = حُجز لك مقعد ضمن اشتراك في { $publication }. يدفع ثمنه غيرك ولا يكلفك شيئًا.
letter-seat-button = قبول المقعد
letter-seat-not-you = إن لم تكن الدعوة موجهة إليك فلا يلزمك فعل شيء.

letter-delivery-title = غُيّر توصيلك
letter-delivery = غُيّر شيء في توصيل { $publication }. يبيّن حسابك ما يصل وإلى أين.
letter-delivery-suspended-title = توصيلك موقوف
letter-delivery-suspended = من { $first } إلى { $last } لا تُوصَّل إليك { $publication }. ويستمر اشتراكك.
letter-delivery-suspended-day = في { $first } لا تُوصَّل إليك { $publication }. ويستمر اشتراكك.
letter-delivery-elsewhere-title = توصيلك إلى عنوان آخر
letter-delivery-elsewhere = من { $first } إلى { $last } تُوصَّل { $publication } إلى عنوان آخر.
letter-delivery-elsewhere-day = في { $first } تُوصَّل { $publication } إلى عنوان آخر.
letter-delivery-for-good = من { $first } فصاعدًا تُوصَّل { $publication } إلى عنوان آخر.
letter-delivery-town = المدينة
letter-delivery-back-title = عاد توصيلك كما كان
letter-delivery-back = أُلغي ما طُلب بشأن توصيل { $publication } ابتداءً من { $first }.
letter-delivery-late = فات الأوان لبعض هذه الأيام، إذ كان ما يصل فيها قد حُدّد. ويبيّن حسابك أيّها.
letter-delivery-address-title = غُيّر عنوان توصيلك
letter-delivery-address = تُوصَّل { $publication } إلى عنوان آخر من الآن. أما ما حُدّد من قبل فيصل إلى العنوان السابق.
letter-delivery-button = عرض ما يصل وإلى أين
letter-delivery-not-you = إن لم تكن أنت من فعل ذلك فأعده كما كان في حسابك، أو يرجى الكتابة إلينا فورًا.
