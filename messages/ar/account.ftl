account-back = إلى الصفحة الأولى
account-mail = البريد الإلكتروني
account-password = كلمة المرور
account-new-password = كلمة مرور جديدة
account-password-hint = { $least } أحرف على الأقل. عدة كلمات معًا قوية وسهلة التذكر.
account-name = الاسم
account-optional = (اختياري)

account-login-title = تسجيل الدخول
account-login-button = تسجيل الدخول
account-link-hint = يمكنك الاستغناء عن كلمة المرور: نرسل رابطًا إلى بريدك.
account-link-button = أرسلوا لي رابطًا
account-forgot-link = هل نسيت كلمة المرور؟
account-no-account = ليس لديك حساب بعد؟
account-have-account = لديك حساب بالفعل؟
account-wrong = البريد الإلكتروني أو كلمة المرور غير صحيحة.

account-register-title = إنشاء حساب
account-register-pitch = الحساب مجاني ويستغرق دقيقة واحدة.
account-register-button = إنشاء الحساب

account-sent-title = راجع بريدك
account-sent = أرسلنا رسالة إلى { $mail }. افتح الرابط الذي فيها.
account-sent-minutes = { $minutes ->
    [one] يصلح الرابط لدقيقة واحدة ولمرة واحدة.
    [two] يصلح الرابط لدقيقتين ولمرة واحدة.
    [few] يصلح الرابط لمدة { $minutes } دقائق ولمرة واحدة.
   *[other] يصلح الرابط لمدة { $minutes } دقيقة ولمرة واحدة.
}
account-sent-here = ويعمل في هذا المتصفح فقط.
account-sent-nothing = لم يصل شيء؟ ابحث في البريد غير المرغوب فيه وتحقق من العنوان.

account-confirm-title = تأكيد البريد الإلكتروني
account-confirm-pitch = ضغطة أخيرة، كي لا يستخدم الرابط أحد سواك.
account-confirm-password = هذا متصفح غير الذي استخدمته من قبل. اكتب كلمة المرور التي اخترتها.
account-confirm-button = تأكيد وتسجيل الدخول
account-wrong-password = ليست هذه كلمة المرور التي اخترتها.
account-link-over-title = لا يمكن استخدام هذا الرابط
account-link-over = إما أنه استُخدم من قبل أو انتهت مدته. إن كنت قد ضغطت الزر مرتين للتو فقد سجّلت الدخول بالفعل.
account-link-again = اطلب رابطًا آخر
account-elsewhere-title = هذا الرابط لمتصفح آخر
account-elsewhere = يعمل الرابط في المتصفح الذي طُلب منه فقط. افتحه هناك، أو اطلب رابطًا آخر هنا.

account-reset-title = تعيين كلمة مرور جديدة
account-forgot-pitch = اكتب بريدك الإلكتروني، ونرسل إليك رابطًا لتعيين كلمة مرور جديدة.
account-forgot-button = أرسلوا الرابط
account-reset-note = سيُسجَّل الخروج من جميع أجهزتك.
account-reset-button = حفظ كلمة المرور
account-password-set-title = حُفظت كلمة المرور
account-password-set = سُجِّل الخروج من جميع أجهزتك. سجّل الدخول بكلمة المرور الجديدة.

account-title = حسابك
account-signed-in-as = تم تسجيل الدخول باسم { $mail }
account-devices = الأجهزة المسجلة
account-device-unknown = جهاز
account-device-this = هذا الجهاز
account-device-seen = آخر ظهور في { $day }
account-sign-out = تسجيل الخروج
account-devices-others = تسجيل الخروج من جميع الأجهزة الأخرى
account-signed-out-title = تم تسجيل الخروج
account-signed-out = شكرًا لقراءتك.

account-error-title = يرجى التحقق مرة أخرى
account-error-missing = يرجى ملء هذا الحقل.
account-error-mail = يرجى كتابة عنوان مثل anna@example.com.
account-error-password-short = يرجى اختيار كلمة مرور من { $least } أحرف على الأقل.
account-error-password-long = يرجى اختيار كلمة مرور لا تزيد على { $most } حرفًا.
account-error-password-easy = يسهل تخمينها. يرجى اختيار غيرها.
account-refused-title = لم يُنفَّذ الطلب
account-refused-elsewhere = أُرسل النموذج من موقع آخر. إن كنت أنت من أرسله، فافتح الصفحة هنا وأرسله من جديد.
account-refused-cookie = لا يحفظ متصفحك ملفات تعريف الارتباط لهذا الموقع، أو بقيت الصفحة مفتوحة أكثر من يوم. اسمح بها ثم ارجع وأعد تحميل الصفحة وأرسلها من جديد.
account-refused-old = بقيت الصفحة مفتوحة مدة طويلة، أو سجّلت الدخول أو الخروج في هذه الأثناء. ارجع وأعد تحميلها وأرسلها من جديد.
account-load-again = إعادة تحميل الصفحة
account-many-title = محاولات كثيرة
account-many = { $minutes ->
    [one] يرجى الانتظار دقيقة ثم المحاولة من جديد.
    [two] يرجى الانتظار دقيقتين ثم المحاولة من جديد.
    [few] يرجى الانتظار { $minutes } دقائق ثم المحاولة من جديد.
   *[other] يرجى الانتظار { $minutes } دقيقة ثم المحاولة من جديد.
}
account-busy-title = ليس الآن
account-busy = الموقع مشغول جدًا في هذه اللحظة. لم يُنفَّذ شيء؛ يرجى المحاولة بعد دقيقة.
account-broken-title = حدث خطأ ما
account-broken = الخطأ من جهتنا ونحن على علم به. راجع حسابك قبل أن تحاول مرة أخرى، فربما تمّت العملية.
account-not-so-title = لا يمكن القيام بذلك
account-not-so = لم يعد ذلك ممكنًا، أو ليس بهذا الحساب. راجع حسابك لمعرفة الوضع الحالي.
account-closed-title = هذا الحساب مغلق
account-closed = يرجى الكتابة إلى { $publication } لإعادة فتحه.
account-missing-title = لا يوجد شيء هنا
account-missing = قد يكون العنوان خطأ، أو ربما نُقلت الصفحة.

account-this-language = العربية
account-language = لغة رسائلنا إليك
account-profile-title = الاسم واللغة
account-save = حفظ
account-profile-saved-title = تم الحفظ
account-profile-saved = اسمك ولغتك كما أردت.
account-password-changed = سُجّل خروجك من كل أجهزتك الأخرى.
account-password-others = سيُسجَّل خروجك من كل أجهزتك الأخرى.
account-data-title = بياناتك
account-data-pitch = كل ما تعرفه { $publication } عنك في ملف واحد.
account-data-holds = يضم حسابك وأجهزتك ووسائل الدفع (دون أي رقم بطاقة) والعناوين والموافقات وسجل اشتراكاتك وهداياك وفواتيرك.
account-data-button = تنزيل الملف
account-erase-title = إغلاق الحساب نهائيًا
account-erase-pitch = يُمحى اسمك وعناوينك وكلمة مرورك وبطاقاتك وكل ما كتبته حالًا. لا يمكن لأحد استعادتها، ويُسجَّل خروجك من كل مكان.
account-erase-ends = ينتهي ما يلي حالًا ولا يُعاد شيء من ثمنه. إن كان ما زال بإمكانك الانسحاب من العقد فانسحب أولًا.
account-erase-kept = نحتفظ بما دُفع ومتى وبالفواتير وما عليها من أسماء ما دام القانون يطلب ذلك: من ست إلى عشر سنوات في معظم البلدان. ولا شيء غير ذلك يدل عليك.
account-erase-sure = أريد إغلاق حسابي نهائيًا.
account-erase-button = إغلاق الحساب
account-lapsed-title = لم يتغيّر شيء
account-lapsed = تغيّرت كلمة مرورك قبل لحظات، على جهاز آخر أو في نافذة أخرى. يُرجى إعادة تحميل الصفحة وكتابة الكلمة الجديدة.
account-erase-payment = هناك دفعة لك قيد التنفيذ، ولم يخبرنا مصرفك بنتيجتها بعد. يُرجى العودة بعد بضع دقائق: يمكن إغلاق حسابك حالما تُعرف النتيجة.
account-erase-bank = ينتظر مصرفك تأكيدك لدفعة. يُرجى تأكيدها أو إلغاء ما هي من أجله، وإلا أُلغيت الدفعة تلقائيًا بعد بضعة أيام. وعندها يمكن إغلاق حسابك.
account-erase-refund = هناك مبلغ في طريقه إليك، وقد يستغرق ذلك بضعة أيام. يُرجى العودة عند وصوله: لا يمكن لأحد إرساله إلى حساب مغلق.
account-erased-title = أُغلق حسابك
account-erased = مُحي ما كنا نعرفه عنك. شكرًا على القراءة.
account-not-erased-title = تعذّر إنهاء كل شيء
account-not-erased = هناك دفعة قيد التنفيذ أو شيء لا يمكن إنهاؤه تلقائيًا. يُرجى الاطلاع على حسابك والمحاولة لاحقًا.
account-error-stale = يُرجى تسجيل الخروج ثم الدخول من جديد عبر رابط. بعد ذلك يمكنك فعل هذا خلال عشر دقائق.
account-error-password-wrong = هذه ليست كلمة مرورك.
account-error-sure = يُرجى تأكيد رغبتك.
account-mail-title = تغيير بريدك الإلكتروني
account-mail-pitch = نرسل رابطًا إلى العنوان الجديد. وإلى أن تفتحه يبقى { $now } عنوانك.
account-new-mail = عنوان البريد الجديد
account-mail-unconfirmed = لا نعرف بعد أن { $now } عنوانك. يمكننا إرسال رابط إليه، وبمجرد فتحه نتأكد من ذلك.
account-mail-confirm-now = أرسل لي الرابط
account-mail-confirm-title = تأكيد عنوانك الجديد
account-mail-confirm-pitch = من الآن تسجل الدخول به وتصل رسائلنا إليه.
account-mail-confirm-whose = يتعلق هذا بحساب { $account }. إن لم يكن حسابك فأغلق هذه الصفحة، ولن يحدث شيء.
account-mail-confirm-password = هذا متصفح غير الذي استخدمته من قبل. اكتب كلمة مرور الحساب.
account-mail-confirm-button = تأكيد العنوان
account-mail-changed-title = تغير عنوانك
account-mail-changed = من الآن سجّل الدخول بالعنوان الجديد. وقد أبلغنا العنوان القديم.
account-mail-taken-title = لهذا العنوان حساب بالفعل
account-mail-taken = سجّل الدخول به أو اختر عنوانًا آخر. إن كان الحسابان لك فراسل { $publication } لدمجهما.
account-error-mail-same = هذا هو عنوانك الحالي.
account-newsletter-title = النشرة البريدية
account-newsletter-consent = أرسلوا إليّ نشرة { $publication } بالبريد الإلكتروني. يمكنني إيقافها في أي وقت من حسابي.
account-newsletter-has = تُرسَل النشرة إلى { $mail }.
account-newsletter-none = لا تصلك النشرة البريدية.
account-newsletter-agree = نعم، أرسلوها إليّ
account-newsletter-stop = إيقاف النشرة
account-newsletter-said = ما سبق أن اخترته
account-newsletter-given = { $how ->
    [web] طُلبت في { $day } من هذه الصفحات.
    [import] طُلبت سابقًا، ونُقلت من نظام آخر في { $day }.
   *[other] طُلبت في { $day }.
}
account-newsletter-withdrawn = أُوقفت في { $day } من هذه الصفحات.
account-newsletter-on-title = ستصلك النشرة البريدية
account-newsletter-on = سجّلنا رغبتك في تلقّيها ووقت ذلك.
account-newsletter-off-title = لن تصلك النشرة البريدية بعد الآن
account-newsletter-off = سجّلنا أنك لم تعد ترغب فيها ووقت ذلك. قد يصلك ما أُرسل قبل ذلك.

## السماح لتطبيق بالدخول.

account-app-title = هل تسمح لهذا التطبيق بالدخول؟
account-app-lede = يرغب { $app } في استخدام حسابك { $mail }.
account-app-may = سيمكنه عندئذ
account-app-read = قراءة المقالات كما تقرؤها ومعرفة عدد المقالات المجانية المتبقية
account-app-account = الاطلاع على اسمك وبريدك الإلكتروني ولغتك
account-app-saved = الاطلاع على المقالات التي حفظتها وتغييرها
account-app-history = الاطلاع على سجل قراءتك وتغييره
account-app-not = لن يعرف كلمة مرورك ولا وسائل الدفع لديك أبدًا. سيظهر بين أجهزتك، ويمكنك تسجيل خروجه منها في أي وقت.
account-app-yes = السماح
account-app-no = عدم السماح
account-app-unknown-title = لا يمكن السماح لهذا التطبيق
account-app-unknown = لا تعرف { $publication } التطبيق الذي أرسلك إلى هنا، أو لا تعرفه بهذا العنوان. لم يُبلَّغ بشيء. يُرجى مراجعة الجهة التي تصدره.
account-app-unfit = تتعذّر قراءة طلب التطبيق الذي أرسلك إلى هنا: فيه شيء مكرّر أو أطول مما ينبغي. لم يُبلَّغ بشيء. يُرجى مراجعة الجهة التي تصدره.
