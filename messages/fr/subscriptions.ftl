subscription-title = Vos abonnements
subscription-none = Vous n’avez pas d’abonnement.
subscription-offers = Voir toutes les offres
subscription-more = Votre compte
subscription-group-paying = Paiement et factures
subscription-group-giving = Cadeaux et offres
subscription-group-you = Vous et vos données
subscription-redeem = Utiliser un cadeau
subscription-to-account = Retour à votre compte
subscription-gives = Ce qu’il comprend
subscription-gifts = Cadeaux que vous avez achetés
subscription-gift-links = Offrir des articles

subscription-state = { $state ->
    [active] Actif
    [trial] À l’essai
    [trouble] Paiement attendu
    [paused] En pause
    [ending] Prend fin bientôt
    [ended] Terminé
   *[unpaid] Pas encore payé
}
subscription-renews = Payé jusqu’au { $day }. Il est ensuite renouvelé.
subscription-trial = Gratuit jusqu’au { $day }. Il se poursuit ensuite comme indiqué ci-dessous.
subscription-trial-ends = Gratuit jusqu’au { $day }. Il prend fin de lui-même et rien n’est prélevé.
subscription-ending = Vous avez résilié. Vous pouvez lire jusqu’au { $day } ; plus rien ne sera prélevé.
subscription-expires = À vous jusqu’au { $day }. Il prend fin de lui-même ; il n’y a rien à résilier.
subscription-for-good = À vous pour toujours.
subscription-given = Offert par { $publication }, jusqu’à nouvel ordre.
subscription-given-until = Offert par { $publication }, jusqu’au { $day }.
subscription-gift = Quelqu’un vous l’a offert.
subscription-no-method = Payé jusqu’au { $day }. Aucun moyen de paiement n’est prévu pour la suite : il prendra fin ce jour-là. Ajoutez-en un pour continuer à lire.
subscription-price-ends = Vous n’avez pas accepté le nouveau prix : il prendra fin après le { $day }. Vous pouvez encore changer d’avis.
subscription-unpaid = Le premier paiement est encore attendu. Payez d’ici le { $day }, sinon il sera annulé de lui-même.
subscription-grace = Vous pouvez continuer à lire jusqu’au { $day } tant que le paiement est en attente.
subscription-paused = En pause. Il reprend de lui-même le { $day } ; rien n’est prélevé d’ici là.
subscription-paused-ending = En pause jusqu’au { $day } et résilié : il prendra fin quand ce que vous avez payé sera utilisé.
subscription-ended = Terminé le { $day }. { $why ->
    [cancelled] Vous l’avez résilié.
    [trial] L’essai était fini.
    [unpaid] Il n’a jamais été payé.
    [failed] Le paiement n’a pas abouti.
    [price] Vous n’avez pas accepté le nouveau prix.
    [withdrawn] Vous vous êtes rétracté du contrat.
    [refunded] Vous avez été remboursé.
    [bank] Votre banque a repris le paiement.
    [revoked] { $publication } y a mis fin.
   *[expired] Sa durée était écoulée.
}
subscription-seat = Vous y avez une place ; quelqu’un d’autre paie.
subscription-seat-until = Vous y avez une place jusqu’au { $day } ; quelqu’un d’autre paie.
subscription-seat-ended = Vous y aviez une place jusqu’au { $day }.
subscription-seat-own = C’est vous qui payez cet abonnement. Pour lire vous aussi, prenez une de ses places.
subscription-seat-domain = Votre employeur ({ $domain }) vous y donne une place. Elle ne vous coûte rien.
subscription-seat-domain-full = Votre employeur ({ $domain }) vous le donne, mais toutes les places sont prises. Demandez-en une à la personne qui s’en occupe.
subscription-change-then = Il devient ensuite { $name } pour { $rate }.
subscription-change-paid = Il devient { $name } pour { $rate } dès que la différence est payée.
subscription-rise = À partir du { $day }, il coûte { $rate } au lieu de { $old }. { $answer ->
    [accepted] Vous avez accepté.
    [refused] Vous n’avez pas accepté.
    [accepts] Sans réponse de votre part, vous acceptez.
   *[refuses] Sans réponse de votre part, il prend fin avant.
}

subscription-pay-failed = { $reason ->
    [insufficient_funds] Le paiement de { $amount } n’a pas abouti : le compte n’était pas assez approvisionné. Veuillez payer avec une autre carte ou réessayer.
    [card_expired] Le paiement de { $amount } n’a pas abouti : la carte a expiré. Veuillez payer avec une autre.
    [card_blocked] Le paiement de { $amount } n’a pas abouti : la carte est bloquée. Veuillez payer avec une autre.
    [authentication_failed] Le paiement de { $amount } n’a pas été confirmé auprès de votre banque. Veuillez réessayer.
    [refused] Votre banque a refusé le paiement de { $amount } sans dire pourquoi. Veuillez payer avec une autre carte ou interroger votre banque.
   *[unknown] Le paiement de { $amount } n’a pas abouti. Veuillez réessayer ou payer avec une autre carte.
}
subscription-pay-button = Payer { $amount }
subscription-pay-then = La carte que vous choisissez paie maintenant, ainsi que ce qui sera dû plus tard.
subscription-pay-if-it-fails = Si le paiement en cours n’aboutit pas, la carte que vous choisissez le règle, ainsi que ce qui sera dû plus tard.
subscription-card-then = La carte que vous choisissez paie dès le prochain prélèvement. Rien n’est prélevé aujourd’hui.
subscription-pay-again = Nous réessayons le { $day }.
subscription-pay-waiting = Le paiement de { $amount } est en cours. Vous n’avez rien à faire.
subscription-pay-confirm = Votre banque vous demande de confirmer le paiement de { $amount }.
subscription-change-confirm = Si vous ne le confirmez pas d’ici le { $day }, votre formule reste inchangée.
subscription-pay-calling-off = Le paiement de { $amount } que votre banque vous demande de confirmer est en cours d’annulation.

subscription-row-plan = Prix
subscription-row-next = Prochain prélèvement
subscription-row-card = Payé avec
subscription-row-address = Livré à
subscription-row-seats = Places
subscription-next = { $amount } le { $day }
subscription-card = { $card }, valable jusqu’au { $until }
subscription-seats-taken = { $taken } prises sur { $seats }

subscription-do = { $what ->
    [pay] Payer maintenant
    [pay-other] Payer avec une autre carte
    [resume] Reprendre la lecture
    [keep] Garder mon abonnement
    [price] Répondre au nouveau prix
    [keep-plan] Garder ma formule
    [change] Changer de formule
    [seats] Gérer les places
    [address] Changer l’adresse de livraison
    [card] Changer le moyen de paiement
    [pause] Mettre en pause
    [cancel] Résilier
    [withdraw] Se rétracter du contrat
   *[again] S’abonner de nouveau
}
subscription-ask-title = { $what ->
    [pay] Payer { $name }
    [card] Comment { $name } est payé
    [cancel] Résilier { $name }
    [keep] Garder { $name }
    [pause] Mettre { $name } en pause
    [resume] Reprendre { $name }
    [keep-plan] Garder { $name } tel quel
    [price] Le nouveau prix de { $name }
   *[withdraw] Se rétracter de { $name }
}
subscription-ask-button = { $what ->
    [card] Payer désormais ainsi
    [cancel] Résilier l’abonnement
    [keep] Garder mon abonnement
    [pause] Mettre en pause aujourd’hui
    [resume] Reprendre aujourd’hui
    [keep-plan] Garder ma formule
    [price] J’accepte
   *[withdraw] Me rétracter du contrat
}
subscription-done = { $what ->
    [pay] Merci. C’est payé et votre abonnement se poursuit.
    [card] Désormais, la carte que vous avez choisie paie.
    [address] Désormais, la livraison se fait à cette adresse.
    [cancel-then] Votre abonnement est résilié. Vous pouvez lire jusqu’au { $day }.
    [cancel] Votre abonnement a pris fin, comme vous le souhaitiez.
    [keep] Votre abonnement se poursuit.
    [pause] Votre abonnement est en pause. Il reprend de lui-même le { $day }.
    [resume] Heureux de vous retrouver. Votre abonnement se poursuit.
    [change] Votre formule a changé.
    [unchanged] Le paiement n’a pas abouti. Votre formule reste inchangée.
    [change-then] Votre formule change le { $day }.
    [keep-plan] Tout reste comme avant.
    [price] Merci. Vous avez accepté le nouveau prix.
    [price-refused] Vous n’avez pas accepté le nouveau prix. Tant qu’il n’est pas appliqué, vous pouvez changer d’avis.
   *[withdraw] Vous vous êtes rétracté du contrat. Il a pris fin.
}

subscription-cancel-until = Vous pouvez lire jusqu’au { $day }, la fin de ce qui est payé. Ensuite, plus rien ne sera prélevé.
subscription-cancel-now = Il prend fin aussitôt, car rien n’est plus payé. Plus rien ne sera prélevé.
subscription-cancel-paused = Ce que vous avez payé et pas encore utilisé vous reste après la pause ; il prend fin ensuite. Plus rien ne sera prélevé.
subscription-cancel-waiting = Un paiement est en cours. S’il aboutit, vous pouvez lire jusqu’à la fin de la période payée ; sinon, l’abonnement prend fin aussitôt. Plus rien ne sera prélevé.
subscription-cancel-back = D’ici là, vous pouvez changer d’avis.
subscription-cancel-why = Pourquoi partez-vous ?
subscription-cancel-reason = { $reason ->
    [price] C’est trop cher
    [time] Je n’ai pas le temps de lire
    [content] Ce n’est pas ce que je veux lire
    [technical] Quelque chose ne fonctionne pas
    [competitor] Je lis autre chose
   *[other] Autre raison
}
subscription-cancel-words = Voulez-vous nous en dire plus ?
subscription-stay-title = Avant de partir
subscription-stay-button = Voir cette offre

subscription-address-title = Adresse de livraison
subscription-address-says = Nous livrons à cette adresse. Tout changement vaut dès maintenant.
subscription-keep-plan-calls-off = Le paiement que votre banque vous demande de confirmer est annulé.
subscription-goes-on = Il se poursuit comme avant.
subscription-goes-on-paid = Il se poursuit comme avant. Le { $day }, nous prélevons { $amount } : { $card }.
subscription-pause-says = Il est en pause dès maintenant. Vous ne pouvez pas lire pendant ce temps et rien n’est prélevé.
subscription-pause-left = { $count ->
    [one] Il vous reste { $count } jour payé. Il vient après la pause.
   *[other] Il vous reste { $count } jours payés. Ils viennent après la pause.
}
subscription-pause-day = Quel jour doit-il reprendre ?
subscription-pause-day-hint = Le { $day } au plus tard. Vous pouvez reprendre plus tôt à tout moment.
subscription-resume-says = Vous pouvez lire de nouveau aussitôt. Ce que vous avez payé dure jusqu’au { $day }.
subscription-price-refuse = Je n’accepte pas
subscription-price-refusing = Si vous n’acceptez pas, vous lisez jusqu’au { $day } à l’ancien prix ; puis il prend fin.
subscription-withdraw-says = Il prend fin aussitôt et vous ne pouvez plus lire.
subscription-withdraw-back = { $amount } vous sont rendus par le moyen de paiement que vous avez utilisé.
subscription-withdraw-nothing = Rien n’est rendu : rien n’a été payé, ou tout est utilisé.
subscription-withdraw-until = Vous avez ce droit jusqu’au { $day }.

subscription-gifts-pitch = Le code d’un cadeau a été envoyé par e-mail quand il a été payé.
subscription-gifts-none = Vous n’avez pas acheté de cadeau.
subscription-gift-state = { $state ->
    [ready] À utiliser
    [redeemed] Utilisé
    [ended] Terminé
   *[unpaid] Pas encore payé
}
subscription-gift-unpaid = Le paiement est encore attendu.
subscription-gift-lapses = S’il n’est pas payé d’ici le { $day }, il est abandonné de lui-même et rien n’est prélevé.
subscription-gift-pay-title = Un cadeau qui n’est pas encore payé
subscription-gift-pay = Le payer ou y renoncer
subscription-gift-give-up = Y renoncer
subscription-gift-given-up = Vous avez renoncé au cadeau. Rien n’est prélevé.
subscription-gift-ready = Personne ne l’a encore utilisé. Le code est valable jusqu’au { $day }.
subscription-gift-redeemed = Quelqu’un s’en sert pour lire.
subscription-gift-ended = { $why ->
    [unpaid] Il n’a jamais été payé.
    [refunded] Vous avez été remboursé.
    [bank] Votre banque a repris le paiement.
   *[expired] Personne ne l’a utilisé à temps.
}
subscription-gift-bought = Acheté le { $day }.
subscription-gift-send-title = Renvoyer un cadeau
subscription-gift-send = Changer l’adresse ou renvoyer le code
subscription-gift-send-hint = Si le code est parti à une autre adresse auparavant, celui qui y a été envoyé n’est plus valable.
subscription-gift-send-button = Envoyer le code
subscription-gift-sent = Le code est en route.
subscription-gift-sent-too-often = Le code a été envoyé autant de fois que possible. Remettez-le vous-même.
subscription-gift-sent-not = Il ne peut plus être envoyé. Sa situation est indiquée ci-dessous.

subscription-plan-title = Une autre formule
subscription-plan-now = Vous avez { $name }. Choisissez ce que vous préférez ; le prix vous est dit avant que vous ne décidiez.
subscription-plan-none = Il n’y a pas d’autre formule possible.
subscription-plan-at-once = Changer tout de suite
subscription-plan-later = Changer à la fin de la période
subscription-plan-to = Passer à { $name }
subscription-plan-button = Changer de formule
subscription-plan-charged = Le changement est immédiat. Aujourd’hui, nous prélevons { $amount } ({ $card }) : la différence pour le temps déjà payé.
subscription-plan-back = Le changement est immédiat. { $amount } vous sont rendus par le moyen de paiement utilisé : la différence pour le temps déjà payé.
subscription-plan-free = Le changement est immédiat. Rien n’est prélevé aujourd’hui.
subscription-plan-then = Le changement a lieu le { $day }. D’ici là, tout reste comme avant et rien n’est prélevé aujourd’hui.
subscription-plan-next = Le { $day }, nous prélevons { $amount }.
subscription-plan-rate = Elle coûte ensuite { $rate }, jusqu’à ce que vous y mettiez fin.
subscription-plan-changed = Ce que cela coûte a changé depuis que vous avez ouvert la page, et rien n’a été fait. Veuillez le vérifier.
subscription-plan-stays = Votre formule reste inchangée.

subscription-seats-title = Places
subscription-seats-more = { $count ->
    [one] Et { $count } de plus.
   *[other] Et { $count } de plus.
}
subscription-seat-waiting = Place { $number } : invitation envoyée, pas encore acceptée
subscription-seat-somebody = Quelqu’un dont le compte est fermé
subscription-seat-free = Reprendre la place
subscription-seat-recall = Annuler l’invitation
subscription-seat-mail = Qui souhaitez-vous inviter ?
subscription-seats-yourself = Vous les payez. Pour lire vous aussi, invitez également votre propre adresse.
subscription-seat-invite = Envoyer une invitation
subscription-seat-invited = L’invitation est en route.
subscription-seat-freed = La place est libre.
subscription-seats-open = Qui vient sans invitation
subscription-seats-open-how = Toute personne ayant une adresse de votre entreprise peut prendre une place elle-même, et les lecteurs de votre réseau n’en ont pas besoin. Écrivez à { $publication } pour le mettre en place ou le changer.
subscription-seat-title = Vous êtes invité
subscription-seat-says = Quelqu’un vous y garde une place et la paie. Elle ne vous coûte rien.
subscription-seat-account = Votre place est liée à un compte. Il est gratuit, et vous revenez ici aussitôt.
subscription-seat-seen = Qui paie la place voit l’adresse e-mail de votre compte tant que vous l’occupez.
subscription-seat-button = Prendre la place
subscription-seat-yours-title = La place est à vous
subscription-seat-yours = Vous pouvez lire aussitôt. Si vous n’avez plus besoin de la place, rendez-la depuis votre compte.
subscription-seat-over-title = Cette invitation ne peut pas servir
subscription-seat-leave = Rendre la place
subscription-card-none = Aucune carte n’est enregistrée.
subscription-payment-title = Paiement
subscription-payment-none = Rien de ce que vous avez n’est payé régulièrement.
subscription-payment-cards = Vos cartes
subscription-payment-until = valable jusqu’en { $until }
subscription-payment-remove = Retirer
subscription-payment-removed = La carte est retirée.
subscription-billing-title = Mentions sur les factures
subscription-billing-pitch = Imprimées désormais sur vos factures. Celles qui existent déjà restent telles quelles.
subscription-billing-name = Nom de la personne ou de l’entreprise
subscription-billing-vat-hint = Pour les entreprises. La taxation de votre abonnement a été fixée à la souscription ; écrivez à { $publication } si elle doit changer.
subscription-billing-done = C’est enregistré.
subscription-billing-forget = Supprimer ces informations
subscription-billing-needed = Un de vos abonnements est taxé comme celui d’une entreprise ; ses factures ont besoin d’un numéro de TVA. Veuillez d’abord écrire à { $publication } pour que cela change.
subscription-billing-vat-needed = Un de vos abonnements est taxé comme celui d’une entreprise. Veuillez garder un numéro de TVA, ou écrivez à { $publication }.
