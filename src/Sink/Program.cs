using Rerank.Shared.Hosting;
using Rerank.Sink;

return await StageHost.RunAsync(() => SinkHost.Build(args));
