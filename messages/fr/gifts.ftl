prompt-gift-label = Un cadeau
prompt-gift = Un abonné vous a offert cet article.
prompt-gift-expired = Le lien cadeau a expiré.
prompt-gift-used-up = Le lien cadeau a été ouvert autant de fois qu’il peut l’être.
prompt-gift-withdrawn = Le lien cadeau n’est plus valable.
prompt-gift-counted = Cet article est l’un de vos propres articles gratuits.

gift-title = Offrir un article
gift-pitch = Un lien cadeau ouvre un article à des personnes qui ne sont pas abonnées. { $days ->
    [one] Il est valable { $days } jour, dans { $browsers } navigateurs au plus.
   *[other] Il est valable { $days } jours, dans { $browsers } navigateurs au plus.
}
gift-left = { $left ->
    [0] Vous avez offert tous les articles de ce mois-ci.
    [one] Vous pouvez encore offrir { $left } article ce mois-ci.
   *[other] Vous pouvez encore offrir { $left } articles ce mois-ci.
}
gift-renews = { $limit ->
    [one] Vous pourrez en offrir un autre à partir du { $renews }.
   *[other] Vous pourrez de nouveau en offrir { $limit } à partir du { $renews }.
}
gift-make = Créer un lien cadeau
gift-again = Vous avez déjà offert cet article. Son lien vous est redonné et ne compte pas pour ce mois-ci.
gift-made-title = Votre lien cadeau
gift-made = Copiez-le dans un message. { $browsers ->
    [one] Qui le suit, dans un seul navigateur, peut lire l’article en entier jusqu’au { $until }.
   *[other] Qui le suit, dans { $browsers } navigateurs au plus, peut lire l’article en entier jusqu’au { $until }.
}
gift-link = Lien cadeau
gift-used-up-title = Ce lien a été ouvert autant de fois que possible
gift-used-up = { $browsers ->
    [one] Il a ouvert l’article dans { $browsers } navigateur, et n’en ouvre pas davantage. L’article y reste lisible jusqu’au { $until }.
   *[other] Il a ouvert l’article dans { $browsers } navigateurs, et n’en ouvre pas davantage. L’article y reste lisible jusqu’au { $until }.
}
gift-open-title = Cet article est ouvert à tous
gift-open = Il n’a pas besoin d’être offert. Partagez simplement son adresse.
gift-address = Adresse
gift-none-left-title = Plus de cadeau ce mois-ci
gift-none-left = Les liens déjà créés restent valables jusqu’à leur terme.
gift-for-subscribers-title = Les liens cadeaux sont réservés aux abonnés
gift-for-subscribers = { $limit ->
    [one] Avec un abonnement, vous pouvez offrir un article par mois.
   *[other] Avec un abonnement, vous pouvez offrir { $limit } articles par mois.
}
gift-no-story-title = Cet article n’existe pas
gift-no-story = Veuillez revenir à l’article et réessayer à partir de là.
gift-not-yours-title = Cet article ne peut pas être offert
gift-not-yours = Vous pouvez offrir les articles que votre abonnement vous ouvre.
gift-unusable-title = Ce lien cadeau ne fonctionne pas
gift-unusable = Il a peut-être été tronqué en chemin. Demandez à la personne qui vous l’a envoyé de vous le renvoyer.
gift-failed-title = Cela n’a pas fonctionné
gift-from-elsewhere = Les liens ne se créent que depuis les pages de ce site. Veuillez revenir à l’article et réessayer à partir de là.
gift-unavailable = Aucun lien n’a été créé et rien n’a été décompté. Veuillez réessayer dans quelques minutes.
