invoice-list = الفواتير
invoice-none = لا توجد فواتير بعد.
invoice-kind = { $kind ->
    [credit] إشعار دائن
   *[invoice] فاتورة
}
invoice-title = { invoice-kind } { $number }
invoice-corrects = يصحح الفاتورة { $number }.
invoice-seller = البائع
invoice-buyer = المشتري
invoice-vat-id = الرقم الضريبي { $id }
invoice-number = الرقم
invoice-date = التاريخ
invoice-lines = ما بيع
invoice-what = البيان
invoice-quantity = الكمية
invoice-count = { $count }
invoice-rate = الضريبة
invoice-net = الصافي
invoice-sum-net = المجموع دون ضريبة
invoice-tax = ضريبة { $rate } ({ $country }) على { $net }
invoice-total = المجموع
invoice-plan-name = { $publication }، { $plan }
invoice-plan = اشتراك: { $name }
invoice-difference = الفرق إلى { $name }
invoice-unused = غير مستعمل من { $name }
invoice-gift = هدية: { $name }
invoice-refund = مبلغ معاد
invoice-days = من { $from } إلى { $to }
invoice-from = من { $from }
invoice-rate-reversed = احتساب عكسي
invoice-paid = مدفوعة.
invoice-given-back = أُعيد المبلغ بالطريقة التي دُفع بها.
invoice-reverse-charge = احتساب عكسي: يلتزم المشتري بدفع ضريبة القيمة المضافة.
invoice-no-tax = لا تُحتسب ضريبة قيمة مضافة.
