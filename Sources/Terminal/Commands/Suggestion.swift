import Text

/// "; did you mean 'x'?" when one of the known words is close, else nothing.
func suggestion(_ word: String, _ known: [String]) -> String {
    closestWord(to: word, among: known).map { "; did you mean '\($0)'?" } ?? ""
}
