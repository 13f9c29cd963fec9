using DuckDB.NET.Data;

namespace Rerank.TestKit;

/// <summary>Reads a dataset with DuckDB: another implementation of Parquet than the one that wrote it.</summary>
public static class Duck
{
    /// <summary>All rows of a query; a cell is null, or DuckDB's CLR value.</summary>
    public static IReadOnlyList<object?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The only cell of a query of one row and column.</summary>
    public static T Scalar<T>(string sql) => (T)Convert.ChangeType(Query(sql).Single().Single()!, typeof(T));
}
