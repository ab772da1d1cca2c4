import Service
import Testing

struct DurationReadingTests {
    @Test(
        "A duration reads as people write it",
        arguments: [
            (Duration.zero, "0 ms"), (.milliseconds(20), "20 ms"), (.milliseconds(999), "999 ms"), (.seconds(1), "1 s"),
            (.milliseconds(1_500), "1.5 s"), (.milliseconds(9_960), "10 s"), (.milliseconds(30_400), "30 s"),
            (.seconds(59), "59 s"), (.seconds(60), "1 min"), (.seconds(125), "2 min 5 s"), (.seconds(180), "3 min"),
            (.seconds(2_400), "40 min"), (.seconds(7_500), "2 h 5 min"), (.seconds(86_400), "1 d"),
            (.seconds(349_200), "4 d 1 h"), (.milliseconds(-1_500), "-1.5 s"), (.microseconds(700), "0 ms"),
        ] as [(Duration, String)])
    func readable(_ duration: Duration, _ text: String) {
        #expect(duration.readable == text)
    }
}
