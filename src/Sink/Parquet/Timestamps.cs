using Parquet.Schema;

namespace Rerank.Sink.Parquet;

/// <summary>Timestamp columns: milliseconds, UTC.</summary>
internal static class Timestamps
{
    /// <summary>The last microsecond that a DateTime can hold.</summary>
    public const long MaxUs = 253_402_300_799_999_999;

    // Not microseconds: Parquet.Net 6.1 writes their statistics in milliseconds, and readers then skip every row of a time filter.
    public static ValueColumn<DateTime> Column(string name) =>
        new(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: false));

    /// <summary>The time of unix microseconds, cut to milliseconds.</summary>
    public static DateTime FromUs(long microseconds) => DateTime.UnixEpoch.AddMilliseconds(microseconds / 1000);
}
