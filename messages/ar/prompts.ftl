prompt-period = { $period ->
    [week] هذا الأسبوع
    [days] { $days ->
        [one] خلال { 24 } ساعة
        [two] خلال يومين
        [few] خلال { $days } أيام
        [many] خلال { $days } يومًا
       *[other] خلال { $days } يوم
    }
   *[month] هذا الشهر
}
prompt-countdown = { $left ->
    [zero] لم يبقَ لك أي مقال مجاني { prompt-period }
    [one] بقي لك مقال مجاني واحد { prompt-period }
    [two] بقي لك مقالان مجانيان { prompt-period }
    [few] بقيت لك { $left } مقالات مجانية { prompt-period }
    [many] بقي لك { $left } مقالًا مجانيًا { prompt-period }
   *[other] بقي لك { $left } مقال مجاني { prompt-period }
}
prompt-last-story = هذا آخر مقال مجاني لك { prompt-period }
prompt-paywall-used-up = { $limit ->
    [one] لقد قرأت مقالك المجاني { prompt-period }.
    [two] لقد قرأت مقاليك المجانيين { prompt-period }.
   *[other] لقد قرأت جميع مقالاتك المجانية { prompt-period }، وعددها { $limit }.
}
prompt-registration-used-up = { prompt-paywall-used-up } إنشاء حساب مجاني يتيح لك متابعة القراءة.
prompt-renews = { $period ->
    [days] يمكنك قراءة مقالك المجاني التالي في { $renews }.
   *[other] تتجدد مقالاتك المجانية في { $renews }.
}
prompt-story-noun = { $left ->
    [zero] مقال
    [one] مقال
    [two] مقالان
    [few] مقالات
    [many] مقالًا
   *[other] مقال
}
prompt-story-ending = { "" }

prompt-countdown-label = مقالاتك المجانية
prompt-payment-label = اشتراكك
prompt-payment-trouble = لم تتم عملية الدفع الأخيرة. يُرجى مراجعة بيانات الدفع، ويمكنك متابعة القراءة في هذه الأثناء.
prompt-payment-action = مراجعة بيانات الدفع
prompt-close = إغلاق هذا الإشعار

prompt-unlimited = قراءة بلا حدود
prompt-paywall-title = الاشتراك يفتح لك بقية المقال
prompt-paywall-exclusive = هذا المقال متاح لمشتركي { $publication }.
prompt-registration-title = حساب مجاني يفتح لك بقية المقال
prompt-registration-pitch = إنشاء حساب لدى { $publication } مجاني ولا يستغرق سوى دقيقة.
prompt-registered-only = هذا المقال متاح للقراء المسجلين
prompt-network-title = لا مزيد من المقالات المجانية هنا اليوم
prompt-network-pitch = وصل اليوم من شبكتك عدد كبير من القراء الجدد، فلم تعد هناك مقالات مجانية لغيرهم. ستتوفر من جديد غدًا.
prompt-trial-title = انتهت الفترة التجريبية
prompt-trial-pitch = نأمل أن تكون قد نالت إعجابك. يتيح لك الاشتراك متابعة قراءة { $publication }.
prompt-ended-title = انتهى اشتراكك
prompt-ended-pitch = تسعدنا عودتك إلى { $publication }.
prompt-paused-title = اشتراكك متوقف مؤقتًا
prompt-paused-until = اشتراكك متوقف مؤقتًا حتى { $resumes }
prompt-paused-pitch = استئناف الاشتراك يتيح لك متابعة قراءة { $publication }. وما دفعته محفوظ لك.
prompt-unavailable-title = يتعذر عرض هذا المقال كاملًا في الوقت الحالي
prompt-unavailable = يرجى المحاولة مرة أخرى بعد بضع دقائق.
prompt-benefits = مع الاشتراك
prompt-benefit-stories = جميع المقالات بلا حدود
prompt-benefit-apps = تطبيقات الهاتف والجهاز اللوحي
prompt-benefit-print = النسخة المطبوعة حتى باب منزلك
prompt-subscribe = الاشتراك
prompt-renew = تجديد الاشتراك
prompt-resume = استئناف الاشتراك
prompt-register = إنشاء حساب مجاني
prompt-all-offers = جميع العروض
prompt-or-subscribe = أو الاشتراك للقراءة بلا حدود
prompt-already-subscriber = هل لديك اشتراك؟
prompt-already-registered = هل لديك حساب؟
prompt-sign-in = تسجيل الدخول

prompt-print-subscribe = بقية هذا المقال متاحة لمشتركي { $publication }.
prompt-print-register = بقية هذا المقال متاحة للقراء المسجلين في { $publication }.
