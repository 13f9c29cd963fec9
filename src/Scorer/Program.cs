using Rerank.Scorer;
using Rerank.Shared.Hosting;

return await StageHost.RunAsync(() => ScorerHost.Build(args));
