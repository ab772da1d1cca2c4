import Text

/// What a person who waits should know meanwhile, on standard error: a sentence, or one line of JSON for programs.
public enum Notice {
    public static func print(_ sentence: String, asJSON isJSON: Bool) {
        if isJSON {
            StandardStream.error.write(#"{"notice":\#(sentence.jsonQuoted)}"# + "\n")
        } else {
            StandardStream.error.print("\(sentence)")
        }
    }
}
