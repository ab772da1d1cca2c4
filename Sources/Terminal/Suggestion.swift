/// "; did you mean 'x'?" when one of the known words is close, else nothing.
func suggestion(_ word: String, _ known: [String]) -> String {
    let nearest = known.map { (word: $0, distance: editDistance(word, $0)) }.min { $0.distance < $1.distance }
    guard let nearest, nearest.distance <= max(1, word.count / 3) else { return "" }
    return "; did you mean '\(nearest.word)'?"
}

/// How many single changes make one word of the other (Levenshtein).
func editDistance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (i, character) in first.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for j in second.indices {
            let changed = diagonal + (character == second[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(changed, diagonal + 1, row[j] + 1)
        }
    }
    return row[second.count]
}
