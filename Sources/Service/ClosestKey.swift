/// The known key that is most like the given one, or nil when none is.
func closest(to key: String, among known: [String]) -> String? {
    let nearest = known.map { (key: $0, distance: editDistance(key, $0)) }.min { $0.distance < $1.distance }
    return nearest.flatMap { $0.distance <= max(1, key.count / 3) ? $0.key : nil }
}

/// How many single changes make one word of the other (Levenshtein).
private func editDistance(_ first: String, _ second: String) -> Int {
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
