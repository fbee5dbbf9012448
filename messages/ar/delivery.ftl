### توصيل النسخة المطبوعة: ما يصل وإلى أين، وإيقافه، وتحويله.

delivery-link = التوصيل: إيقافه أو تحويله
delivery-link-address = التوصيل: أعطنا عنوانًا
delivery-no-address = لا توصيل بعد: ينقصنا عنوان.
delivery-title = التوصيل
delivery-ahead = الأسابيع الأربعة القادمة
delivery-span = { $count ->
    [zero] من { $first } إلى { $last } ({ $count } توصيلة)
    [one] من { $first } إلى { $last } (توصيلة واحدة)
    [two] من { $first } إلى { $last } (توصيلتان)
    [few] من { $first } إلى { $last } ({ $count } توصيلات)
    [many] من { $first } إلى { $last } ({ $count } توصيلة)
   *[other] من { $first } إلى { $last } ({ $count } توصيلة)
}
delivery-state = { $state ->
    [home] إلى { $address }
    [elsewhere] إلى عنوان آخر: { $address }
    [suspended] لا توصيل، كما طلبت
    [missing] ليس لدينا عنوان. أخبرنا إلى أين نوصّل.
   *[none] لا يشمل اشتراكك النسخة المطبوعة حينها
}
delivery-nothing-ahead = لا توصيل في الأسابيع الأربعة القادمة.
delivery-early = ما يُوصَّل قبل { $day } حُدّد قبل اشتراكك، وقد لا يصل إليك بعد.
delivery-settled = ما تغيّره الآن يسري من { $day }. أما ما يصل قبل ذلك فقد حُدّد.
delivery-settled-too = وحُدّد أيضًا ما يصل في أيام لاحقة: { $days }.
delivery-days = من { $first } إلى { $last }
delivery-days-and = { $before }، { $next }
delivery-wishes = ما طلبته
delivery-wishes-none = لا شيء: تصل كالمعتاد.
delivery-wish-suspended = لا توصيل من { $first } إلى { $last }.
delivery-wish-suspended-day = لا توصيل في { $first }.
delivery-wish-redirected = من { $first } إلى { $last } تُرسل إلى { $address }.
delivery-wish-redirected-day = في { $first } تُرسل إلى { $address }.
delivery-wish-for-good = من { $first } فصاعدًا تُرسل إلى { $address }.
delivery-wish-but = فات الأوان لهذه الأيام، فقد حُدّد ما يصل فيها: { $days }.
delivery-undo = إلغاء
delivery-undo-rest = إنهاء مبكر
delivery-undone = أُلغي ذلك.
delivery-no-home = لا نعرف بعد إلى أين نوصّل. حدّد عنوانًا ابتداءً من يوم معيّن.

## الإيقاف.

delivery-suspend-title = إيقاف التوصيل
delivery-suspend-says = لا يُوصَّل شيء أثناء غيابك. يخص هذا التوصيل وحده: يستمر اشتراكك كما كان، ولا يُرد شيء عن هذه الأيام.
delivery-suspend-days = { $count ->
    [zero] لا يمكن ذلك.
    [one] يمكن ذلك ليوم واحد في كل مرة.
    [two] يمكن ذلك ليومين في كل مرة.
    [few] يمكن ذلك حتى { $count } أيام في كل مرة.
    [many] يمكن ذلك حتى { $count } يومًا في كل مرة.
   *[other] يمكن ذلك حتى { $count } يوم في كل مرة.
}
delivery-suspend-left = { $count ->
    [0] استنفدت مرات الإيقاف لعام { $year }.
    [zero] استنفدت مرات الإيقاف لعام { $year }.
    [one] يمكن ذلك مرة أخرى في عام { $year }.
    [two] يمكن ذلك مرتين أخريين في عام { $year }.
    [few] يمكن ذلك { $count } مرات أخرى في عام { $year }.
    [many] يمكن ذلك { $count } مرة أخرى في عام { $year }.
   *[other] يمكن ذلك { $count } مرة أخرى في عام { $year }.
}
delivery-suspend-first = أول يوم بلا توصيل
delivery-suspend-last = آخر يوم بلا توصيل
delivery-suspend-button = إيقاف التوصيل
delivery-first-hint = { $day } على أقرب تقدير

## التحويل.

delivery-redirect-title = إرسالها إلى عنوان آخر
delivery-redirect-says = لفترة، أو نهائيًا ابتداءً من يوم معيّن.
delivery-redirect-first = من
delivery-redirect-last = حتى، وهذا اليوم منها
delivery-redirect-last-hint = اتركه فارغًا إن كان ذلك دائمًا.
delivery-redirect-button = إرسالها إلى هناك

## لماذا لم يتم.

delivery-refused-day = اكتب تاريخًا مثل 2026-12-24.
delivery-refused-early = ما يصل في ذلك اليوم قد حُدّد. اليوم التالي الذي يمكن تغييره هو { $day }.
delivery-refused-far = هذا بعيد جدًا. يمكن أن يبدأ في { $day } على أبعد تقدير.
delivery-refused-backwards = اليوم الأخير قبل الأول.
delivery-refused-no-end = حدّد إلى متى.
delivery-refused-long = { $count ->
    [zero] لا يمكن ذلك.
    [one] يمكن ذلك ليوم واحد في كل مرة.
    [two] يمكن ذلك ليومين في كل مرة على الأكثر.
    [few] يمكن ذلك { $count } أيام في كل مرة على الأكثر.
    [many] يمكن ذلك { $count } يومًا في كل مرة على الأكثر.
   *[other] يمكن ذلك { $count } يوم في كل مرة على الأكثر.
}
delivery-refused-nothing = لا توصيل في هذه الأيام على أي حال.
delivery-refused-many = { $count ->
    [zero] لا يمكن ذلك.
    [one] يمكن ذلك مرة واحدة في السنة.
    [two] يمكن ذلك مرتين في السنة.
    [few] يمكن ذلك { $count } مرات في السنة.
    [many] يمكن ذلك { $count } مرة في السنة.
   *[other] يمكن ذلك { $count } مرة في السنة.
}
delivery-refused-overlaps = بعض هذه الأيام ضمن ما طلبته ابتداءً من { $day }. ألغِ ذلك أولًا.
delivery-refused-full = طلبت الكثير بالفعل. ألغِ شيئًا أولًا.
delivery-refused-over = لم يعد يمكن تغييره: انتهى، أو حُدّد ما يصل في أيامه الأخيرة.
