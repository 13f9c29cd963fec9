using Rerank.Ingest;
using Rerank.Shared.Hosting;

return await StageHost.RunAsync(() => IngestHost.Build(args));
