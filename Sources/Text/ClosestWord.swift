/// What was probably meant by a word that is not known.
///
/// - parameter known: the words that are.
/// - returns: the known word that takes the fewest changes of a letter, in either case; nil when those are many.
public func closestWord(to word: String, among known: [String]) -> String? {
    let nearest = known.map { (word: $0, edits: edits(from: word, to: $0)) }.min { $0.edits < $1.edits }
    return nearest.flatMap { $0.edits <= max(2, word.count / 3) ? $0.word : nil }
}

/// How many letters must be put in, taken out or replaced (Levenshtein).
private func edits(from: String, to: String) -> Int {
    let to = Array(to.lowercased())
    var row = Array(0...to.count)
    for (index, letter) in from.lowercased().enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in to.indices {
            let replaced = diagonal + (letter == to[column] ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
        }
    }
    return row[to.count]
}
