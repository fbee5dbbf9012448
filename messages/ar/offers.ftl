money-symbol = { $currency ->
    [AED] د.إ
    [EGP] ج.م
    [EUR] €
    [GBP] £
    [JPY] ¥
    [KWD] د.ك
    [SAR] ر.س
    [USD] US${ "\u200E" }
   *[other] { $currency }
}
money-decimal = { $digits ->
    [arab] ٫
   *[latn] ,
}
money-group = { $digits ->
    [arab] ٬
   *[latn] .
}
# The marks keep the number to the right of the currency, and the dollar sign beside its letters.
money-amount = { "\u200F" }{ $number }{ "\u00A0" }{ money-symbol }

offer-length = { $unit ->
    [day] { $count ->
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
    [week] { $count ->
        [one] أسبوع واحد
        [two] أسبوعان
        [few] { $count } أسابيع
        [many] { $count } أسبوعًا
       *[other] { $count } أسبوع
    }
    [year] { $count ->
        [one] سنة واحدة
        [two] سنتان
        [few] { $count } سنوات
       *[other] { $count } سنة
    }
   *[month] { $count ->
        [one] شهر واحد
        [two] شهران
        [few] { $count } أشهر
        [many] { $count } شهرًا
       *[other] { $count } شهر
    }
}

offer-rate = { $count ->
    [1] { $unit ->
        [day] { $price } يوميًا
        [week] { $price } أسبوعيًا
        [year] { $price } سنويًا
       *[month] { $price } شهريًا
    }
    [2] { $unit ->
        [day] { $price } كل يومين
        [week] { $price } كل أسبوعين
        [year] { $price } كل سنتين
       *[month] { $price } كل شهرين
    }
   *[other] { $price } كل { offer-length }
}
offer-free = { offer-length } مجانًا
offer-once = { offer-length } مقابل { $price }
offer-several = { offer-length }: { $rate }
offer-then = ثم { $what }.
offer-cancel = يمكن الإلغاء في أي وقت.
offer-over = ينتهي من تلقاء نفسه، ولا يُخصم شيء.
offer-joint = { " " }
offer-percent = { $number }٪

offer-ends = ينتهي العرض في { $ends }
offer-ends-soon = { $hours ->
    [1] ينتهي العرض في { $ends }: بقي أقل من ساعة
    [2] ينتهي العرض في { $ends }: بقيت ساعتان
    [few] ينتهي العرض في { $ends }: بقيت { $hours } ساعات
   *[other] ينتهي العرض في { $ends }: بقيت { $hours } ساعة
}
