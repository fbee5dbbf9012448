money-symbol = { $currency ->
    [AUD] $AU
    [BRL] R$
    [CAD] $CA
    [EUR] €
    [GBP] £
    [INR] ₹
    [JPY] ¥
    [KRW] ₩
    [USD] $US
   *[other] { $currency }
}
money-decimal = { $digits ->
   *[other] ,
}
money-group = { $digits ->
   *[other] { "\u202F" }
}
money-amount = { $number }{ "\u00A0" }{ money-symbol }

offer-length = { $unit ->
    [day] { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
    [week] { $count ->
        [one] { $count } semaine
       *[other] { $count } semaines
    }
    [year] { $count ->
        [one] { $count } an
       *[other] { $count } ans
    }
   *[month] { $count } mois
}

offer-rate = { $count ->
    [1] { $unit ->
        [day] { $price } par jour
        [week] { $price } par semaine
        [year] { $price } par an
       *[month] { $price } par mois
    }
   *[other] { $unit ->
        [week] { $price } toutes les { offer-length }
       *[other] { $price } tous les { offer-length }
    }
}
offer-free = { offer-length } sans frais
offer-once = { offer-length } pour { $price }
offer-several = { $rate } pendant { offer-length }
offer-then = Puis { $what }.
offer-cancel = Résiliable à tout moment.
offer-over = S’arrête tout seul, sans rien débiter.
offer-joint = { " " }
offer-percent = { $number }{ "\u00A0" }%

offer-ends = Jusqu’au { $ends } inclus
offer-ends-soon = { $hours ->
    [1] Jusqu’au { $ends } inclus : moins d’une heure
   *[other] Jusqu’au { $ends } inclus : plus que { $hours } heures
}
