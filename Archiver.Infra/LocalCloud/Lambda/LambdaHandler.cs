using System.Reflection;
using Archiver.Lambdas.Functions;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>
/// The method behind a <c>Handler</c>: <c>Task&lt;Stream&gt; METHOD(Stream)</c> of a class that is constructed once, at the first call, as
/// Lambda does. A constructor that takes <see cref="FunctionServices"/> gets this cloud's; else the one without parameters is
/// taken.
/// </summary>
internal sealed class LambdaHandler
{
    private readonly Lazy<Func<Stream, Task<Stream>>> _handle;

    private LambdaHandler(Func<Func<Stream, Task<Stream>>> bind) => _handle = new Lazy<Func<Stream, Task<Stream>>>(bind);

    /// <summary>Calls the method.</summary>
    /// <param name="payload">The event.</param>
    public Task<Stream> HandleAsync(Stream payload) => _handle.Value(payload);

    /// <summary>Finds a handler.</summary>
    /// <param name="handler"><c>ASSEMBLY::TYPE::METHOD</c>, the assembly one that this program carries.</param>
    /// <param name="services">What a function draws from its surroundings; asked at the first call.</param>
    /// <exception cref="LambdaHandlerException">There is no such method, with the part that is wrong.</exception>
    public static LambdaHandler Find(string handler, Func<FunctionServices> services)
    {
        if (handler.Split("::") is not [var assemblyName, var typeName, var methodName])
            throw new LambdaHandlerException($"The handler '{handler}' is not of the form ASSEMBLY::TYPE::METHOD.");
        Type type = Load(assemblyName).GetType(typeName)
            ?? throw new LambdaHandlerException($"The handler '{handler}' names the type {typeName}, which the assembly {assemblyName} doesn't have.");
        MethodInfo method = type.GetMethod(methodName, BindingFlags.Public | BindingFlags.Instance, [typeof(Stream)])
            ?? throw new LambdaHandlerException($"The handler '{handler}' names the method {methodName}, which {typeName} doesn't have as a public one that takes a Stream.");
        if (method.ReturnType != typeof(Task<Stream>))
            throw new LambdaHandlerException($"The handler '{handler}' gives {method.ReturnType.Name}; the local cloud calls methods that give Task<Stream>.");
        ConstructorInfo constructor = type.GetConstructor([typeof(FunctionServices)]) ?? type.GetConstructor([])
            ?? throw new LambdaHandlerException($"The type {typeName} has no public constructor that takes nothing or {nameof(FunctionServices)}.");
        return new LambdaHandler(() => method.CreateDelegate<Func<Stream, Task<Stream>>>(
            constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, constructor.GetParameters().Length == 0 ? [] : [services()], culture: null)));
    }

    private static Assembly Load(string name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or ArgumentException)
        {
            throw new LambdaHandlerException($"The assembly {name} is not one that the local cloud carries: {exception.Message}");
        }
    }
}

/// <summary>A <c>Handler</c> that can't be found. The message says which part of it is wrong.</summary>
internal sealed class LambdaHandlerException(string message) : Exception(message);
