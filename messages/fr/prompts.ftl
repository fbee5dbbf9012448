prompt-period = { $period ->
    [week] cette semaine
    [days] { $days ->
        [1] sur 24 heures
       *[other] sur { $days } jours
    }
   *[month] ce mois-ci
}
prompt-countdown = { $left ->
    [0] Il ne vous reste aucun article gratuit { prompt-period }
    [one] Il vous reste { $left } article gratuit { prompt-period }
   *[other] Il vous reste { $left } articles gratuits { prompt-period }
}
prompt-last-story = C’est votre dernier article gratuit { prompt-period }
prompt-paywall-used-up = { $limit ->
    [one] Vous avez lu votre article gratuit { prompt-period }.
   *[other] Vous avez lu vos { $limit } articles gratuits { prompt-period }.
}
prompt-registration-used-up = { prompt-paywall-used-up } Un compte, gratuit, vous permet de poursuivre votre lecture.
prompt-renews = { $period ->
    [days] Votre prochain article gratuit vous attend le { $renews }.
   *[other] De nouveaux articles gratuits vous attendent le { $renews }.
}
prompt-story-noun = { $left ->
    [one] article
   *[other] articles
}
prompt-story-ending = { $left ->
    [one] { "" }
   *[other] s
}

prompt-countdown-label = Vos articles gratuits
prompt-payment-label = Votre abonnement
prompt-payment-trouble = Votre dernier paiement n’a pas abouti. Veuillez vérifier vos informations de paiement ; vous pouvez poursuivre votre lecture.
prompt-payment-action = Vérifier le paiement
prompt-close = Fermer cet avis

prompt-unlimited = Accès illimité
prompt-paywall-title = Abonnez-vous pour lire la suite
prompt-paywall-exclusive = Cet article est réservé à nos abonnés.
prompt-registration-title = Créez un compte gratuit pour lire la suite
prompt-registration-pitch = Créer un compte sur { $publication } est gratuit et ne prend qu’une minute.
prompt-registered-only = Cet article est réservé aux lecteurs inscrits
prompt-network-title = Plus d’article gratuit ici aujourd’hui
prompt-network-pitch = Tant de nouveaux lecteurs sont venus aujourd’hui depuis votre réseau qu’il ne reste plus d’article gratuit. Il y en aura de nouveau demain.
prompt-trial-title = Votre période d’essai est terminée
prompt-trial-pitch = Nous espérons qu’elle vous a plu. Abonnez-vous pour continuer à lire { $publication }.
prompt-ended-title = Votre abonnement a pris fin
prompt-ended-pitch = { $publication } serait heureux de vous retrouver parmi ses abonnés.
prompt-paused-title = Votre abonnement est suspendu
prompt-paused-until = Votre abonnement est suspendu jusqu’au { $resumes }
prompt-paused-pitch = Reprenez-le pour continuer à lire { $publication }. Ce que vous avez payé vous reste acquis.
prompt-unavailable-title = Cet article ne peut pas être affiché en entier pour le moment
prompt-unavailable = Veuillez réessayer dans quelques minutes.
prompt-benefits = Avec un abonnement
prompt-benefit-stories = Tous les articles, sans limite
prompt-benefit-apps = Les applications pour téléphone et tablette
prompt-benefit-print = L’édition imprimée, livrée chez vous
prompt-subscribe = S’abonner
prompt-renew = Renouveler mon abonnement
prompt-resume = Reprendre mon abonnement
prompt-register = Créer un compte gratuit
prompt-all-offers = Voir toutes les offres
prompt-or-subscribe = Ou s’abonner pour un accès illimité
prompt-already-subscriber = Vous avez déjà un abonnement ?
prompt-already-registered = Vous avez déjà un compte ?
prompt-sign-in = Se connecter

prompt-print-subscribe = La suite de cet article est réservée aux abonnés ({ $publication }).
prompt-print-register = La suite de cet article est réservée aux lecteurs inscrits ({ $publication }).
