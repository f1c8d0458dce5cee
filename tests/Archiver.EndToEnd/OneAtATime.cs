// Each test has a dashboard, a local cloud and a browser at work: two of them side by side leave a small machine no time for either.
[assembly: Xunit.v3.Parallelization(MaxThreads = 1)]
