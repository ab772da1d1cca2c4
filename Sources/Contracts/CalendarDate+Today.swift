import Foundation

extension CalendarDate {
    /// The present day in UTC.
    public static var today: CalendarDate {
        CalendarDate(day: Int32((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
    }
}
