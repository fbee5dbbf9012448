subscription-refused-ended = انتهى هذا الاشتراك. يمكنك الاشتراك من جديد في أي وقت.
subscription-refused-unpaid = الدفعة الأولى لم تُسدد بعد. يُرجى الدفع أولًا.
subscription-refused-paused = الاشتراك متوقف مؤقتًا. استأنفه أولًا.
subscription-refused-not-paused = ليس متوقفًا، ويمكنك القراءة بالفعل.
subscription-refused-past-due = لم تنجح إحدى الدفعات. يُرجى الدفع أولًا.
subscription-refused-under-way = هناك دفعة قيد التنفيذ. يُرجى الانتظار بضع دقائق حتى تُعرف نتيجتها.
subscription-refused-no-method = لا توجد وسيلة دفع. يُرجى إضافة واحدة أولًا.
subscription-refused-no-address = يصل بالبريد. يُرجى إضافة عنوان أولًا.
subscription-refused-not-delivered = لا شيء منه يصل بالبريد، ولا حاجة إلى عنوان.
subscription-refused-ends = ينتهي من تلقاء نفسه بعد { $day }. لا حاجة إلى إلغائه أو إيقافه أو تغييره.
subscription-refused-no-end = لا يكلفك شيئًا وليس له نهاية. لا حاجة إلى إلغائه أو إيقافه أو تغييره.
subscription-refused-ending = أُلغي بالفعل. لتغيير شيء، قرر الاحتفاظ به أولًا.
subscription-refused-not-ending = لم يُلغَ، وهو يستمر من تلقاء نفسه.
subscription-refused-no-pause = لا يمكن إيقاف هذا الاشتراك مؤقتًا. يمكنك إلغاؤه والعودة في أي وقت.
subscription-refused-paused-enough = أُوقفت هذه الفترة بالفعل لأطول مدة ممكنة. يمكنك الإيقاف مجددًا في الفترة التالية.
subscription-refused-trial = لا يمكن إيقاف الفترة التجريبية. يمكنك إلغاؤها أو الانتظار حتى تنتهي.
subscription-refused-pause-day = يُرجى اختيار يوم من الغد حتى { $day }.
subscription-refused-currency = لا تُباع هذه الخطة بعملتك. يُرجى اختيار خطة أخرى.
subscription-refused-same = لديك هذه الخطة بالفعل. يُرجى اختيار خطة أخرى.
subscription-refused-once = يُشترى مرة واحدة ولا يتجدد. يمكنك شراؤه إلى جانب اشتراكك.
subscription-refused-elsewhere = لقد دفعت بالفعل حتى { $day }. يُرجى اختيار التغيير للفترة التالية.
subscription-refused-kind = لا يمكن تحويل خطة لشخص واحد إلى خطة لعدة أشخاص. يُرجى الاشتراك من جديد.
subscription-refused-taken = { $count ->
    [zero] لا مقاعد مشغولة.
    [one] هناك مقعد مشغول. أخلِه أولًا أو اختر مقاعد أكثر.
    [two] هناك مقعدان مشغولان. أخلِ أحدهما أولًا أو اختر مقاعد أكثر.
    [few] هناك { $count } مقاعد مشغولة. أخلِ بعضها أولًا أو اختر مقاعد أكثر.
    [many] هناك { $count } مقعدًا مشغولًا. أخلِ بعضها أولًا أو اختر مقاعد أكثر.
   *[other] هناك { $count } مقعد مشغول. أخلِ بعضها أولًا أو اختر مقاعد أكثر.
}
subscription-refused-no-change = لا يوجد تغيير مرتقب للخطة. يبقى كل شيء كما هو.
subscription-refused-withdrawal-over = انتهى حق الانسحاب في { $day }. يمكنك الإلغاء بدلًا من ذلك.
subscription-refused-no-withdrawal = لا يوجد حق انسحاب هنا. يمكنك الإلغاء بدلًا من ذلك.
subscription-refused-no-rise = لا يوجد سعر جديد مرتقب. لا حاجة إلى الرد.
subscription-refused-nothing-open = لا يوجد ما يُدفع. كل شيء على ما يرام.
subscription-refused-attempts = جرت محاولة هذه الدفعة مرات كثيرة. يُرجى الاشتراك من جديد أو مراسلة { $publication }.
subscription-refused-for-one = هذا الاشتراك لقارئ واحد. اختر خطة بمقاعد لتدعو آخرين.
subscription-refused-full = { $count ->
    [zero] لا توجد مقاعد.
    [one] المقعد الوحيد مشغول. أخلِه أولًا أو اختر مقاعد أكثر.
    [two] المقعدان مشغولان. أخلِ أحدهما أولًا أو اختر مقاعد أكثر.
    [few] المقاعد الـ{ $count } كلها مشغولة. أخلِ أحدها أولًا أو اختر مقاعد أكثر.
    [many] المقاعد الـ{ $count } كلها مشغولة. أخلِ أحدها أولًا أو اختر مقاعد أكثر.
   *[other] المقاعد الـ{ $count } كلها مشغولة. أخلِ أحدها أولًا أو اختر مقاعد أكثر.
}
subscription-refused-invitation = لم تعد هذه الدعوة صالحة. اطلب دعوة أخرى ممن دعاك.
subscription-refused-seat-taken = شغل شخص آخر هذا المقعد. اطلب دعوة أخرى ممن دعاك.
subscription-refused-domain = العناوين في { $domain } لا تحصل على مقعد من تلقاء نفسها. يُرجى طلب دعوة.
subscription-refused-offer = لم يعد هذا العرض متاحًا. يُرجى الاطلاع على العروض الأخرى.
subscription-refused-card = ليست لديك هذه البطاقة هنا. يُرجى اختيار أخرى أو إدخالها من جديد.
subscription-refused-card-used = هناك ما يُدفع بهذه البطاقة. يُرجى اختيار بطاقة أخرى له أولًا.
subscription-refused-unverified = يُرجى تأكيد عنوانك أولًا: افتح الرابط في رسالتنا.
subscription-refused-care = يُرجى مراسلة { $publication } وسنتولى ذلك عنك.
subscription-refused-other = لا يمكن ذلك الآن. يُرجى الاطلاع على حسابك أو مراسلة { $publication }.
