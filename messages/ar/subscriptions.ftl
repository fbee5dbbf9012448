subscription-title = اشتراكاتك
subscription-none = ليس لديك اشتراك.
subscription-offers = كل العروض
subscription-more = المزيد من حسابك
subscription-group-paying = الدفع والفواتير
subscription-group-giving = الهدايا والعروض
subscription-group-you = أنت وبياناتك
subscription-redeem = استلام هدية
subscription-to-account = العودة إلى حسابك
subscription-gives = ما يمنحك إياه
subscription-gifts = الهدايا التي اشتريتها
subscription-gift-links = إهداء مقالات للأصدقاء

subscription-state = { $state ->
    [active] ساري
    [trial] فترة تجريبية
    [trouble] الدفع مطلوب
    [paused] متوقف مؤقتًا
    [ending] ينتهي قريبًا
    [ended] انتهى
   *[unpaid] لم يُدفع بعد
}
subscription-renews = مدفوع حتى { $day }، ثم يتجدد.
subscription-trial = مجاني حتى { $day }، ثم يستمر كما هو مبين أدناه.
subscription-trial-ends = مجاني حتى { $day }. ينتهي من تلقاء نفسه ولا يُخصم شيء.
subscription-ending = لقد ألغيت الاشتراك. يمكنك القراءة حتى { $day } ولن يُخصم شيء بعد ذلك.
subscription-expires = لك حتى { $day }. ينتهي من تلقاء نفسه ولا حاجة إلى إلغائه.
subscription-for-good = لك إلى الأبد.
subscription-given = هدية من { $publication } حتى إشعار آخر.
subscription-given-until = هدية من { $publication } حتى { $day }.
subscription-gift = أهداه لك شخص ما.
subscription-no-method = مدفوع حتى { $day }. لا توجد وسيلة دفع لما بعد ذلك، ولذلك ينتهي حينها. أضف وسيلة دفع لتواصل القراءة.
subscription-price-ends = لم توافق على السعر الأعلى، ولذلك ينتهي بعد { $day }. ما زال بإمكانك تغيير رأيك.
subscription-unpaid = الدفعة الأولى لم تُسدد بعد. ادفع في موعد أقصاه { $day } وإلا أُلغي الطلب من تلقاء نفسه.
subscription-grace = يمكنك مواصلة القراءة حتى { $day } ما دامت الدفعة معلقة.
subscription-paused = متوقف مؤقتًا. يُستأنف من تلقاء نفسه في { $day } ولا يُخصم شيء حتى ذلك الحين.
subscription-paused-ending = متوقف مؤقتًا حتى { $day } وملغى: ينتهي عندما يُستهلك ما دفعته.
subscription-ended = انتهى في { $day }. { $why ->
    [cancelled] لقد ألغيته.
    [trial] انقضت الفترة التجريبية.
    [unpaid] لم يُدفع قط.
    [failed] لم تنجح عملية الدفع.
    [price] لم توافق على السعر الأعلى.
    [withdrawn] لقد انسحبت من العقد.
    [refunded] أُعيدت إليك أموالك.
    [bank] استرد مصرفك الدفعة.
    [revoked] أنهته { $publication }.
   *[expired] انقضت مدته.
}
subscription-seat = لك مقعد فيه، ويدفع ثمنه شخص آخر.
subscription-seat-until = لك مقعد فيه حتى { $day }، ويدفع ثمنه شخص آخر.
subscription-seat-ended = كان لك مقعد فيه حتى { $day }.
subscription-seat-own = أنت من يدفع ثمن هذا الاشتراك. لتقرأ به أنت أيضًا، خذ مقعدًا فيه.
subscription-seat-domain = تمنحك جهة عملك ({ $domain }) مقعدًا فيه. لا يكلفك شيئًا.
subscription-seat-domain-full = تمنحك جهة عملك ({ $domain }) هذا الاشتراك، لكن جميع مقاعده مشغولة. اطلب مقعدًا ممن يتولى أمره.
subscription-change-then = بعد ذلك يصبح { $name } مقابل { $rate }.
subscription-change-paid = يصبح { $name } مقابل { $rate } حالما يُدفع الفرق.
subscription-rise = اعتبارًا من { $day } يصبح السعر { $rate } بدلًا من { $old }. { $answer ->
    [accepted] لقد وافقت.
    [refused] لم توافق.
    [accepts] إن لم تُجب فهذا يعني موافقتك.
   *[refuses] إن لم تُجب ينتهي قبل ذلك.
}

subscription-pay-failed = { $reason ->
    [insufficient_funds] لم تنجح دفعة { $amount }: الرصيد غير كافٍ. يُرجى الدفع ببطاقة أخرى أو المحاولة مرة أخرى.
    [card_expired] لم تنجح دفعة { $amount }: انتهت صلاحية البطاقة. يُرجى الدفع ببطاقة أخرى.
    [card_blocked] لم تنجح دفعة { $amount }: البطاقة موقوفة. يُرجى الدفع ببطاقة أخرى.
    [authentication_failed] لم تُؤكَّد دفعة { $amount } لدى مصرفك. يُرجى المحاولة مرة أخرى.
    [refused] رفض مصرفك دفعة { $amount } ولم يذكر السبب. يُرجى الدفع ببطاقة أخرى أو سؤال المصرف.
   *[unknown] لم تنجح دفعة { $amount }. يُرجى المحاولة مرة أخرى أو الدفع ببطاقة أخرى.
}
subscription-pay-button = ادفع { $amount }
subscription-pay-then = البطاقة التي تختارها تدفع الآن وما يُستحق لاحقًا.
subscription-pay-if-it-fails = إذا لم تنجح الدفعة الجارية، تدفعها البطاقة التي تختارها، وما يُستحق لاحقًا.
subscription-card-then = البطاقة التي تختارها تدفع ابتداءً من الدفعة التالية. لا يُخصم شيء اليوم.
subscription-pay-again = سنحاول مرة أخرى في { $day }.
subscription-pay-waiting = دفعة { $amount } قيد التنفيذ. لا يلزمك فعل شيء.
subscription-pay-confirm = يطلب مصرفك تأكيد دفعة { $amount }.
subscription-change-confirm = إذا لم تؤكدها حتى { $day }، تبقى خطتك كما هي.
subscription-pay-calling-off = يجري إلغاء دفعة { $amount } التي يسأل عنها مصرفك.

subscription-row-plan = السعر
subscription-row-next = الدفعة التالية
subscription-row-card = وسيلة الدفع
subscription-row-address = عنوان التوصيل
subscription-row-seats = المقاعد
subscription-next = { $amount } في { $day }
subscription-card = { $card }، صالحة حتى { $until }
subscription-seats-taken = { $taken } من { $seats } مشغولة

subscription-do = { $what ->
    [pay] ادفع الآن
    [pay-other] الدفع ببطاقة أخرى
    [resume] استئناف القراءة
    [keep] الاحتفاظ بالاشتراك
    [price] الرد على السعر الجديد
    [keep-plan] الاحتفاظ بالخطة الحالية
    [change] تغيير الخطة
    [seats] إدارة المقاعد
    [address] تغيير عنوان التوصيل
    [card] تغيير وسيلة الدفع
    [pause] إيقاف مؤقت
    [cancel] إلغاء
    [withdraw] الانسحاب من العقد
   *[again] الاشتراك من جديد
}
subscription-ask-title = { $what ->
    [pay] دفع ثمن { $name }
    [card] وسيلة دفع { $name }
    [cancel] إلغاء { $name }
    [keep] الاحتفاظ بـ{ $name }
    [pause] إيقاف { $name } مؤقتًا
    [resume] استئناف { $name }
    [keep-plan] الاحتفاظ بـ{ $name } دون تغيير
    [price] السعر الجديد لـ{ $name }
   *[withdraw] الانسحاب من { $name }
}
subscription-ask-button = { $what ->
    [card] الدفع بها من الآن
    [cancel] إلغاء الاشتراك
    [keep] الاحتفاظ بالاشتراك
    [pause] إيقاف مؤقت اليوم
    [resume] استئناف اليوم
    [keep-plan] الاحتفاظ بالخطة الحالية
    [price] أوافق
   *[withdraw] الانسحاب من العقد
}
subscription-done = { $what ->
    [pay] شكرًا. تم الدفع ويستمر اشتراكك.
    [card] من الآن يُدفع بالبطاقة التي اخترتها.
    [address] من الآن يكون التوصيل إلى هناك.
    [cancel-then] أُلغي اشتراكك. يمكنك القراءة حتى { $day }.
    [cancel] انتهى اشتراكك كما أردت.
    [keep] يستمر اشتراكك.
    [pause] أُوقف اشتراكك مؤقتًا. يُستأنف من تلقاء نفسه في { $day }.
    [resume] أهلًا بعودتك. يستمر اشتراكك.
    [change] تغيرت خطتك.
    [unchanged] لم تنجح عملية الدفع. تبقى خطتك كما كانت.
    [change-then] تتغير خطتك في { $day }.
    [keep-plan] يبقى كل شيء كما هو.
    [price] شكرًا. لقد وافقت على السعر الجديد.
    [price-refused] لم توافق على السعر الجديد. يمكنك تغيير رأيك ما لم يبدأ العمل به.
   *[withdraw] لقد انسحبت من العقد وانتهى الاشتراك.
}

subscription-cancel-until = يمكنك القراءة حتى { $day }، نهاية ما دفعت ثمنه. ولن يُخصم شيء بعد ذلك.
subscription-cancel-now = ينتهي حالًا لأنه لم يعد هناك شيء مدفوع. ولن يُخصم شيء بعد ذلك.
subscription-cancel-paused = ما دفعته ولم تستعمله يبقى لك بعد التوقف، ثم ينتهي الاشتراك. ولن يُخصم شيء بعد ذلك.
subscription-cancel-waiting = هناك دفعة قيد التنفيذ. إن نجحت يمكنك القراءة حتى نهاية ما تغطيه، وإلا انتهى الاشتراك حالًا. ولن يُخصم شيء بعد ذلك.
subscription-cancel-back = يمكنك تغيير رأيك حتى ذلك الحين.
subscription-cancel-why = لماذا تغادر؟
subscription-cancel-reason = { $reason ->
    [price] السعر مرتفع
    [time] لا أجد وقتًا للقراءة
    [content] ليس ما أريد قراءته
    [technical] شيء ما لا يعمل كما ينبغي
    [competitor] أقرأ شيئًا آخر الآن
   *[other] سبب آخر
}
subscription-cancel-words = هل تود أن تخبرنا بالمزيد؟
subscription-stay-title = قبل أن تغادر
subscription-stay-button = عرض هذا العرض

subscription-address-title = عنوان التوصيل
subscription-address-says = نوصل إلى هذا العنوان. يسري أي تغيير فورًا.
subscription-keep-plan-calls-off = تُلغى الدفعة التي يسأل عنها مصرفك.
subscription-goes-on = يستمر كما كان.
subscription-goes-on-paid = يستمر كما كان. في { $day } نخصم { $amount } من { $card }.
subscription-pause-says = يتوقف مؤقتًا من هذه اللحظة. لا يمكنك القراءة خلال ذلك ولا يُخصم شيء.
subscription-pause-left = { $count ->
    [zero] لم يبقَ شيء مدفوع.
    [one] بقي يوم واحد مدفوع. يأتي بعد التوقف.
    [two] بقي يومان مدفوعان. يأتيان بعد التوقف.
    [few] بقيت { $count } أيام مدفوعة. تأتي بعد التوقف.
    [many] بقي { $count } يومًا مدفوعًا. تأتي بعد التوقف.
   *[other] بقي { $count } يوم مدفوع. تأتي بعد التوقف.
}
subscription-pause-day = في أي يوم يُستأنف؟
subscription-pause-day-hint = في { $day } على الأكثر. ويمكنك الاستئناف قبل ذلك في أي وقت.
subscription-resume-says = يمكنك القراءة من جديد حالًا. ما دفعته يكفي حتى { $day }.
subscription-price-refuse = لا أوافق
subscription-price-refusing = إن لم توافق يمكنك القراءة حتى { $day } بالسعر القديم، ثم ينتهي.
subscription-withdraw-says = ينتهي حالًا ولا يمكنك القراءة بعد ذلك.
subscription-withdraw-back = تسترد { $amount } بالطريقة التي دفعت بها.
subscription-withdraw-nothing = لا يُعاد شيء: لم يُدفع شيء أو استُهلك كله.
subscription-withdraw-until = لك هذا الحق حتى { $day }.

subscription-gifts-pitch = أُرسل رمز الهدية بالبريد عندما دُفع ثمنها.
subscription-gifts-none = لم تشترِ أي هدايا.
subscription-gift-state = { $state ->
    [ready] لم تُستعمل بعد
    [redeemed] استُعملت
    [ended] انتهت
   *[unpaid] لم تُدفع بعد
}
subscription-gift-unpaid = الدفعة لم تُسدد بعد.
subscription-gift-lapses = إذا لم تُدفع حتى { $day }، تُلغى من تلقاء نفسها ولا يُخصم شيء.
subscription-gift-pay-title = هدية لم تُدفع بعد
subscription-gift-pay = الدفع أو التخلي عنها
subscription-gift-give-up = التخلي عن الهدية
subscription-gift-given-up = تم التخلي عن الهدية، ولا يُخصم شيء.
subscription-gift-ready = لم يستعملها أحد بعد. الرمز صالح حتى { $day }.
subscription-gift-redeemed = هناك من يقرأ بها.
subscription-gift-ended = { $why ->
    [unpaid] لم تُدفع قط.
    [refunded] أُعيدت إليك أموالك.
    [bank] استرد مصرفك الدفعة.
   *[expired] لم يستعملها أحد في الوقت المحدد.
}
subscription-gift-bought = اشتُريت في { $day }.
subscription-gift-send-title = إرسال هدية مرة أخرى
subscription-gift-send = تغيير العنوان أو الإرسال مرة أخرى
subscription-gift-send-hint = إن كان الرمز قد أُرسل إلى عنوان آخر من قبل، فالرمز المرسل إلى هناك لم يعد صالحًا.
subscription-gift-send-button = إرسال الرمز
subscription-gift-sent = الرمز في طريقه.
subscription-gift-sent-too-often = أُرسل الرمز بقدر ما يمكن إرساله. يرجى تسليمه بنفسك.
subscription-gift-sent-not = لم يعد إرساله ممكنًا. والوضع الحالي مذكور أدناه.

subscription-plan-title = خطة أخرى
subscription-plan-now = لديك الآن { $name }. اختر ما تفضله؛ ونخبرك بالتكلفة قبل أن تقرر.
subscription-plan-none = لا توجد خطة أخرى يمكن التحول إليها.
subscription-plan-at-once = التغيير حالًا
subscription-plan-later = التغيير عند نهاية الفترة
subscription-plan-to = التغيير إلى { $name }
subscription-plan-button = تغيير الخطة
subscription-plan-charged = يحدث التغيير حالًا. نخصم اليوم { $amount } من { $card }: فرق السعر عن المدة التي دفعت ثمنها.
subscription-plan-back = يحدث التغيير حالًا. تسترد { $amount } بالطريقة التي دفعت بها: فرق السعر عن المدة التي دفعت ثمنها.
subscription-plan-free = يحدث التغيير حالًا. لا يُخصم شيء اليوم.
subscription-plan-then = يحدث التغيير في { $day }. حتى ذلك الحين يبقى كل شيء كما هو ولا يُخصم شيء اليوم.
subscription-plan-next = في { $day } نخصم { $amount }.
subscription-plan-rate = وبعد ذلك تكلف { $rate } إلى أن تنهيها.
subscription-plan-changed = تغيّر المبلغ أو الشروط منذ فتحت الصفحة، ولم يُنفَّذ شيء. يُرجى المراجعة مرة أخرى.
subscription-plan-stays = تبقى خطتك كما كانت.

subscription-seats-title = المقاعد
subscription-seats-more = { $count ->
    [zero] لا مزيد.
    [one] وواحد آخر.
    [two] واثنان آخران.
    [few] و{ $count } أخرى.
    [many] و{ $count } أخرى.
   *[other] و{ $count } أخرى.
}
subscription-seat-waiting = المقعد { $number }: أُرسلت الدعوة ولم تُقبل بعد
subscription-seat-somebody = شخص أُغلق حسابه
subscription-seat-free = استرداد المقعد
subscription-seat-recall = سحب الدعوة
subscription-seat-mail = من تود أن تدعو؟
subscription-seats-yourself = أنت من يدفع ثمنها. لتقرأ أنت أيضًا، ادعُ عنوانك كذلك.
subscription-seat-invite = إرسال دعوة
subscription-seat-invited = الدعوة في الطريق.
subscription-seat-freed = المقعد شاغر.
subscription-seats-open = من يأتي دون دعوة
subscription-seats-open-how = يمكن لكل من له عنوان في مؤسستك أن يأخذ مقعدًا بنفسه، ولا يحتاج القراء في شبكتك إلى مقعد. راسل { $publication } لإعداد ذلك أو تغييره.
subscription-seat-title = أنت مدعو
subscription-seat-says = هناك من يحفظ لك مقعدًا فيه ويدفع ثمنه. لا يكلفك شيئًا.
subscription-seat-account = يرتبط مقعدك بحساب. الحساب مجاني، ثم تعود إلى هنا مباشرة.
subscription-seat-seen = من يدفع ثمن المقعد يرى البريد الإلكتروني لحسابك ما دام المقعد لك.
subscription-seat-button = قبول المقعد
subscription-seat-yours-title = المقعد لك
subscription-seat-yours = يمكنك القراءة فورًا. إن لم تعد بحاجة إلى المقعد فأعده من حسابك.
subscription-seat-over-title = لا يمكن استخدام هذه الدعوة
subscription-seat-leave = إعادة المقعد
subscription-card-none = لا توجد بطاقة محفوظة.
subscription-payment-title = الدفع
subscription-payment-none = ليس لديك ما يُدفع بانتظام.
subscription-payment-cards = بطاقاتك
subscription-payment-until = صالحة حتى { $until }
subscription-payment-remove = إزالة
subscription-payment-removed = أُزيلت البطاقة.
subscription-billing-title = بيانات الفواتير
subscription-billing-pitch = تُطبع على فواتيرك من الآن فصاعدًا. أما الفواتير الموجودة فتبقى كما هي.
subscription-billing-name = اسم الشخص أو الشركة
subscription-billing-vat-hint = للشركات. حُدِّدت ضريبة اشتراكك عند إبرامه؛ راسل { $publication } إن كان يجب تغييرها.
subscription-billing-done = حُفظت البيانات.
subscription-billing-forget = حذف هذه البيانات
subscription-billing-needed = أحد اشتراكاتك خاضع للضريبة بوصفه اشتراك شركة، وتحتاج فواتيره إلى رقم ضريبي. يُرجى مراسلة { $publication } أولًا لتغيير ذلك.
subscription-billing-vat-needed = أحد اشتراكاتك خاضع للضريبة بوصفه اشتراك شركة. يُرجى الاحتفاظ برقم ضريبي، أو مراسلة { $publication }.
