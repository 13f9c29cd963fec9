using CsCheck;
using Rerank.Scorer.Batching;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Batching;

public sealed class CostModelTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("cpu")]
    public void After_calibration_shapes_in_between_are_predicted(string device)
    {
        var model = Calibrated(CostOf(device));

        foreach (var (rows, length) in new[] { (1, 100), (1, 40), (3, 50), (5, 128), (20, 90), (32, 180), (64, 110), (100, 200) })
            model.Predict(rows, length).ShouldBe(CostOf(device)(rows, length), 0.12 * CostOf(device)(rows, length), $"{rows} × {length}");
    }

    [Fact]
    public void On_a_cpu_32_padded_rows_are_known_to_cost_more_a_pair_than_one_alone()
    {
        var model = Calibrated(Devices.Cpu);

        (model.Predict(32, 128) / 32).ShouldBeGreaterThan(2 * model.Predict(1, 128));
    }

    [Fact]
    public void On_a_gpu_a_hundred_rows_are_known_to_cost_far_less_a_pair_than_one_alone()
    {
        var model = Calibrated(Devices.Gpu);

        (model.Predict(100, 128) / 100).ShouldBeLessThan(0.1 * model.Predict(1, 128));
    }

    [Fact]
    public void Whatever_was_observed_more_rows_or_more_length_never_cost_less() => Gen.Select(
        Gen.Select(Gen.Int[1, 300], Gen.Int[3, 512], Gen.Double[0.01, 2000]).Array[0, 60],
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 600])).Sample((passes, shape) =>
        {
            var model = new CostModel();
            var now = 0L;
            foreach (var (rows, length, ms) in passes)
                model.Observe(rows, length, ms, now += 10_000);

            var cost = model.Predict(shape.Item1, shape.Item2);
            cost.ShouldBeGreaterThan(0);
            model.Predict(shape.Item1 + 1, shape.Item2).ShouldBeGreaterThanOrEqualTo(cost);
            model.Predict(shape.Item1, shape.Item2 + 1).ShouldBeGreaterThanOrEqualTo(cost);
        });

    [Fact]
    public void The_first_passes_of_a_process_are_not_learned_from()
    {
        var model = Calibrated(Devices.Gpu);
        var again = CostModel.Restore(model.Save());

        again.Observe(32, 128, 5000, 0);
        again.Observe(32, 128, 2000, 5_000_000);

        again.Predict(32, 128).ShouldBe(model.Predict(32, 128), 1e-9);
    }

    [Fact]
    public void A_pass_that_a_noisy_neighbour_made_five_times_slower_hardly_counts()
    {
        var model = Calibrated(Devices.Gpu);
        var now = Run(model, Devices.Gpu, 1, seconds: 10, fromUs: 0);
        var before = model.Predict(64, 128);

        model.Observe(64, 128, 5 * before, now);

        model.Predict(64, 128).ShouldBe(before, 0.03 * before);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cpu")]
    public void A_device_that_slows_down_by_half_is_known_within_seconds(string device)
    {
        var model = Calibrated(CostOf(device));
        var now = Run(model, CostOf(device), 1, seconds: 30, fromUs: 0);

        now = Run(model, CostOf(device), 1.5, seconds: 4, fromUs: now);
        model.Predict(8, 100).ShouldBe(1.5 * CostOf(device)(8, 100), 0.2 * CostOf(device)(8, 100));
        // Also of shapes that were not run meanwhile.
        model.Predict(64, 200).ShouldBe(1.5 * CostOf(device)(64, 200), 0.25 * CostOf(device)(64, 200));

        Run(model, CostOf(device), 1, seconds: 4, fromUs: now);
        model.Predict(8, 100).ShouldBe(CostOf(device)(8, 100), 0.2 * CostOf(device)(8, 100));
    }

    [Fact]
    public void A_shape_whose_cost_changed_for_good_is_learned_again()
    {
        var model = Calibrated(Devices.Gpu);
        var now = 0L;
        for (var pass = 0; pass < 400; pass++)
        {
            model.Observe(8, 64, Devices.Gpu(8, 64), now += 30_000);
            model.Observe(16, 64, Devices.Gpu(16, 64), now += 30_000);
            model.Observe(128, 256, 2 * Devices.Gpu(128, 256), now += 300_000);
        }

        (model.Predict(128, 256) / model.Predict(8, 64)).ShouldBe(2 * Devices.Gpu(128, 256) / Devices.Gpu(8, 64), 1.2);
    }

    [Fact]
    public void What_was_learned_survives_saving_and_restoring() => Gen.Int[1, 1000].Sample(seed =>
    {
        var model = Calibrated(seed % 2 == 0 ? Devices.Cpu : Devices.Gpu, seed);
        var again = CostModel.Restore(model.Save());

        foreach (var (rows, length) in new[] { (1, 30), (1, 300), (7, 99), (64, 128), (300, 512) })
            again.Predict(rows, length).ShouldBe(model.Predict(rows, length), 0.03 * model.Predict(rows, length));
    });

    [Fact]
    public void A_shape_that_another_run_found_slow_is_soon_known_as_it_is_now()
    {
        var slow = new CostModel();
        Run(slow, 2);
        var model = CostModel.Restore(slow.Save().Aged());
        Run(model, 1);

        (model.Predict(8, 96) / model.Predict(1, 96)).ShouldBe(Devices.Cpu(8, 96) / Devices.Cpu(1, 96), 1);

        static void Run(CostModel model, double factor)
        {
            for (var pass = 0; pass < 24; pass++)
            {
                model.Observe(1, 96, factor * Devices.Cpu(1, 96), pass * 30_000);
                model.Observe(4, 96, Devices.Cpu(4, 96), pass * 30_000);
                model.Observe(8, 96, Devices.Cpu(8, 96), pass * 30_000);
            }
        }
    }

    [Fact]
    public void Shapes_that_were_not_run_do_not_look_cheap_after_runs_that_each_began_slowly()
    {
        var model = Calibrated(Devices.Cpu);
        var before = model.Predict(32, 128) / model.Predict(4, 128);
        for (var run = 0; run < 12; run++)
        {
            model = CostModel.Restore(model.Save().Aged());
            for (var pass = 0; pass < 200; pass++)
                model.Observe(4, 128, (pass < 20 ? 2 : 1) * Devices.Cpu(4, 128), pass * 30_000);
        }

        var last = CostModel.Restore(model.Save());
        (last.Predict(32, 128) / last.Predict(4, 128)).ShouldBe(before, 0.15 * before);
    }

    [Fact]
    public void A_shape_that_was_never_run_again_is_at_last_taken_to_be_as_its_neighbours_are()
    {
        var model = new CostModel();
        var now = 0L;
        for (var pass = 0; pass < 40; pass++)
        {
            model.Observe(3, 96, Devices.Gpu(3, 96), now += 30_000);
            model.Observe(4, 96, 3 * Devices.Gpu(4, 96), now += 30_000);
        }

        model.Predict(4, 96).ShouldBeGreaterThan(2 * Devices.Gpu(4, 96));
        for (var pass = 0; pass < 30_000; pass++)
            model.Observe(3, 96, Devices.Gpu(3, 96), now += 30_000);

        model.Predict(4, 96).ShouldBeLessThan(1.4 * Devices.Gpu(4, 96));
    }

    [Fact]
    public void Before_any_pass_larger_ones_are_taken_to_cost_more() =>
        new CostModel().Predict(8, 128).ShouldBeGreaterThan(new CostModel().Predict(1, 128));

    [Fact]
    public void Calibration_begins_with_cheap_shapes_and_keeps_the_bounds()
    {
        var shapes = CostModel.CalibrationShapes(maxRows: 64, maxTokens: 8192, maxLength: 256).ToArray();

        shapes[0].ShouldBe((1, 32));
        shapes.ShouldAllBe(shape => shape.Rows <= 64 && shape.Length <= 256 && shape.Rows * shape.Length <= 8192);
        shapes.Select(shape => shape.Rows * shape.Length).ShouldBeInOrder();
    }

    private static PassCost CostOf(string device) => device == "gpu" ? Devices.Gpu : Devices.Cpu;

    private static CostModel Calibrated(PassCost cost, int seed = 1)
    {
        var model = new CostModel();
        var random = new Random(seed);
        model.Observe(1, 32, 1000, 0);
        model.Observe(1, 32, 1000, 0);
        foreach (var (rows, length) in CostModel.CalibrationShapes(256, 1 << 15, 512))
        {
            for (var reading = 0; reading < 3; reading++)
                model.Observe(rows, length, cost(rows, length) * (1 + (0.1 * random.NextDouble())), 0);
        }

        return model;
    }

    /// <summary>Passes of changing shapes, one after the other, for so many seconds.</summary>
    private static long Run(CostModel model, PassCost cost, double factor, double seconds, long fromUs)
    {
        var random = new Random(7);
        var now = fromUs;
        while (now < fromUs + (seconds * 1e6))
        {
            var (rows, length) = (random.Next(1, 17), random.Next(40, 200));
            var ms = cost(rows, length) * factor * (0.95 + (0.1 * random.NextDouble()));
            model.Observe(rows, length, ms, now += (long)(ms * 1000));
        }

        return now;
    }
}
