namespace Rerank.Cli.Reports.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    private static readonly double[] Tabled =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
        2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
    ];

    /// <summary>The 97.5 % quantile, which bounds a two-sided interval of 95 %.</summary>
    /// <param name="degreesOfFreedom">At least 1.</param>
    internal static double Quantile975(int degreesOfFreedom)
    {
        if (degreesOfFreedom <= Tabled.Length)
            return Tabled[degreesOfFreedom - 1];

        // Cornish and Fisher's expansion about the normal quantile; right to 1e-5 from here on.
        const double Z = 1.959964;
        const double Z3 = Z * Z * Z;
        double n = degreesOfFreedom;
        return Z + ((Z3 + Z) / (4 * n)) + (((5 * Z3 * Z * Z) + (16 * Z3) + (3 * Z)) / (96 * n * n));
    }
}
