money-symbol = { $currency ->
    [AUD] A$
    [BRL] R$
    [CAD] CA$
    [EUR] €
    [GBP] £
    [INR] ₹
    [KRW] ₩
    [USD] $
   *[other] { $currency }{ "\u00A0" }
}
money-decimal = { $digits ->
   *[other] .
}
money-group = { $digits ->
   *[other] ,
}
money-amount = { $currency ->
    [JPY] { $number }円
   *[other] { money-symbol }{ $number }
}

offer-length = { $unit ->
    [day] { $count }日間
    [week] { $count }週間
    [year] { $count }年間
   *[month] { $count }か月間
}

offer-rate = { $count ->
    [1] { $unit ->
        [day] 1日{ $price }
        [week] 週額{ $price }
        [year] 年額{ $price }
       *[month] 月額{ $price }
    }
   *[other] { $unit ->
        [day] { $count }日ごとに{ $price }
        [week] { $count }週間ごとに{ $price }
        [year] { $count }年ごとに{ $price }
       *[month] { $count }か月ごとに{ $price }
    }
}
offer-free = { offer-length }無料
offer-once = { offer-length }で{ $price }
offer-several = { offer-length }は{ $rate }
offer-then = その後は{ $what }。
offer-cancel = いつでも解約できます。
offer-over = 期間が過ぎると自動的に終了し、お支払いは発生しません。
offer-joint = { "" }
offer-percent = { $number }%

offer-ends = { $ends }まで
offer-ends-soon = { $hours ->
    [1] { $ends }まで（残り1時間未満）
   *[other] { $ends }まで（残り{ $hours }時間）
}
