# La recherche dans le journal : résultats, filtres, suggestions.

search-shortened = C’était plus qu’une recherche ne peut traiter. Seul le début a été cherché.
search-incomplete = Les archives sont en cours d’indexation, les articles les plus récents d’abord. Des plus anciens peuvent encore manquer.
search-broken = La recherche n’est pas possible pour le moment. Veuillez réessayer un peu plus tard.
search-instead = Aucun article ne contient « { $query } ». Voici les résultats pour « { $instead } ».
search-found = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
search-count = { $count }
search-best = Les plus pertinents
search-newest = Les plus récents
search-narrow = Affiner
search-narrow-skip = Affiner les résultats
search-chosen = Limité à
search-section = Rubrique
search-topic = Thème
search-author = Auteur
search-year = Année
search-leave = { $name } : ne plus s’y limiter
search-wide = Voir tous les résultats
search-nearer = Meilleurs résultats
search-further = Autres résultats
search-newer = Résultats plus récents
search-older = Résultats plus anciens
search-pages = Pages de résultats
search-excerpt = Extrait du début :
search-filed = Classé sous :
search-none-narrow = Rien ne correspond dans cette sélection. Retirez un filtre, ou cherchez dans tout le journal.
search-suggestions = Suggestions
search-kind-story = Article
search-kind-topic = Thème
search-kind-author = Auteur

search-texts = Chercher dans les articles entiers
search-texts-title = Chercher dans les articles entiers
search-texts-pitch = Trouve des mots n’importe où dans les articles que votre abonnement vous permet de lire. Cent articles au plus sont affichés.
search-texts-lacks = La recherche dans les articles entiers est comprise dans un abonnement. Les titres, les chapeaux et les débuts sont ouverts à la recherche de tous.
search-texts-words = Mots à chercher
search-texts-none = Aucun des articles que vous pouvez lire ne contient « { $query } ». Essayez avec moins de mots, ou un autre mot.
search-texts-instead = Aucun des articles que vous pouvez lire ne contient « { $query } ». Voici les résultats pour « { $instead } ».
search-texts-open = Chercher dans les titres et les chapeaux
